export async function charge( {

export async function load(id: string): Promise<unknown> {
  const response = await fetch(id);
  return response.json();
}

export async function loadName(id: string) {
  return id;
}

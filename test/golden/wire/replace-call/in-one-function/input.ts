export async function load(id: string): Promise<Response> {
  return fetch(id);
}

export async function save(id: string): Promise<Response> {
  return fetch(id, { method: 'PUT' });
}

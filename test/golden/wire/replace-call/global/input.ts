export async function load(id: string): Promise<unknown> {
  const response = await fetch(`https://x/${id}`, {
    method: 'GET',
  });
  return response.json();
}

export const ping = () => globalThis.fetch('https://x').then((one) => one.ok);

type Fetch = (url: string) => Promise<Response>;

export async function load(url: string, fetch: Fetch): Promise<Response> {
  return fetch(url);
}

export async function inner(url: string): Promise<Response> {
  {
    const fetch: Fetch = (to) => globalThis.fetch(to);
    await fetch(url);
  }
  const own = { fetch: (to: string) => Promise.resolve(new Response(to)) };
  await own.fetch(url);
  return fetch(url);
}

export const load = (urls: string[]) =>
  fetch(urls[0] ?? '', { body: String(fetch('https://y')) });

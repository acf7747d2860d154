import { index, type Page } from './pages.js';

export async function drain(pages: AsyncIterable<Page>) {
  for await (const page of pages) {
    try {
      for (const line of page.lines) {
        if (line === '') continue;
        await index(line);
      }
      if (page.last) continue;
      await index(`
        end of page
      `);
    } catch {
      /* The next one may do. */
    }
  }
}

import { index, type Page } from './pages.js';
import { orderEmailQueue } from './patterns/order-email.js';

export async function drain(pages: AsyncIterable<Page>) {
  for await (const page of pages) {
    try {
      for (const line of page.lines) {
        await orderEmailQueue.send({ type: 'order-email', body: line });
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

import { type Page } from './pages.js';
import { orderEmailQueue } from './patterns/order-email.js';

export async function drain(pages: AsyncIterable<Page>) {
  for await (const page of pages) {
    await orderEmailQueue.send({ type: 'order-email', body: page });
  }
}

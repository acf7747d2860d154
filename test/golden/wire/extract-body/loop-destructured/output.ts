import { orderEmailQueue } from './patterns/order-email.js';
import type { User } from './user.js';

export async function welcome(users: Iterable<User>) {
  for (const { id: userId, email } of users) {
    await orderEmailQueue.send({
      type: 'order-email',
      body: { id: userId, email },
    });
  }
}

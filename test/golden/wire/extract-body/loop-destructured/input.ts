import { greet } from './greet.js';
import type { User } from './user.js';

export async function welcome(users: Iterable<User>) {
  for (const { id: userId, email } of users) {
    await greet(userId, email);
  }
}

import { expect, it } from 'vitest';
import { confirmationMail } from './order-mails.js';

it('thanks the customer and names the total', () => {
  const mail = confirmationMail({
    orderId: 'o1',
    name: 'Ada',
    email: 'ada@example.com',
    totalCents: 700,
  });
  expect(mail).toEqual({
    to: 'ada@example.com',
    subject: 'Your order o1',
    text: 'Thank you, Ada: 7.00 EUR.',
  });
});

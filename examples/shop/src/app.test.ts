import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.js';
import { Database } from './database.js';
import type { Mail } from './mail/mailer.js';

describe('the shop', () => {
  const sent: Mail[] = [];
  let server: Server;
  let url: string;

  beforeEach(async () => {
    sent.length = 0;
    const mailer = { send: async (mail: Mail) => void sent.push(mail) };
    const app = createApp(new Database(0), mailer);
    server = await new Promise<Server>((resolve) => {
      const listening: Server = app.listen(0, () => resolve(listening));
    });
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
    await send('PUT', '/users/u1', { name: 'Ada', email: 'ada@example.com' });
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  function send(method: string, path: string, body: unknown) {
    return fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  it('keeps users', async () => {
    const response = await fetch(`${url}/users/u1`);
    expect(await response.json()).toEqual({
      id: 'u1',
      name: 'Ada',
      email: 'ada@example.com',
    });
    expect((await fetch(`${url}/users/u2`)).status).toBe(404);
  });

  it('confirms an order by mail and invoices it', async () => {
    const lines = [{ sku: 'tea', quantity: 2, priceCents: 350 }];
    const response = await send('POST', '/orders', { userId: 'u1', lines });
    const order = (await response.json()) as { id: string };
    expect(sent.map(({ to }) => to)).toEqual(['ada@example.com']);
    const invoice = await fetch(`${url}/invoices/${order.id}`);
    expect(await invoice.text()).toContain('Total: 7.00 EUR');
  });
});

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.js';
import { Database } from './database.js';

describe('the shop', () => {
  let server: Server;
  let url: string;

  beforeEach(async () => {
    const app = createApp(new Database(0));
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

  it('changes users', async () => {
    await fetch(`${url}/users/u1`);
    await send('PUT', '/users/u1', { name: 'Eve', email: 'eve@example.com' });
    const response = await fetch(`${url}/users/u1`);
    expect(await response.json()).toMatchObject({ name: 'Eve' });
  });

  it('invoices an order', async () => {
    const lines = [{ sku: 'tea', quantity: 2, priceCents: 350 }];
    const response = await send('POST', '/orders', { userId: 'u1', lines });
    expect(response.status).toBe(201);
    const order = (await response.json()) as { id: string };
    const invoice = await fetch(`${url}/invoices/${order.id}`);
    expect(await invoice.text()).toContain('Total: 7.00 EUR');
  });
});

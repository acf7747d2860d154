import type { Request } from 'express';
import { place } from './orders.js';

export async function handleOrder(req: Request): Promise<void> {
  await place(req.body);
}

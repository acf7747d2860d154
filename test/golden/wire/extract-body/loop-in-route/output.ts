import { Router } from 'express';
import { orderEmailQueue } from './patterns/order-email.js';
import type { Upload } from './upload.js';

export const router = Router();
router.post('/uploads', async (req, res) => {
  const uploads = req.body as Upload[];
  for (const upload of uploads) {
    await orderEmailQueue.send({ type: 'order-email', body: upload });
  }
  res.status(202).end();
});

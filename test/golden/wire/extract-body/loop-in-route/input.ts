import { Router } from 'express';
import { resize } from './images.js';
import type { Upload } from './upload.js';

export const router = Router();
router.post('/uploads', async (req, res) => {
  const uploads = req.body as Upload[];
  for (const upload of uploads) {
    await resize(upload, 'thumbnail');
  }
  res.status(202).end();
});

import express from 'express';
import { orderEmailConsumer as worker } from './patterns/order-email.js';

const app = express();
await worker.start();
app.listen(3000);

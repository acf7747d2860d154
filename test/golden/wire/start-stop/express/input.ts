import express from 'express';
import { orders } from './orders.js';

const app = express();
app.use(express.json());
app.use('/orders', orders);

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => {
  console.log(`listening on ${port}`);
});

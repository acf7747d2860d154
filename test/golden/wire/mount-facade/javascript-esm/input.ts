import cors from 'cors';
import express from 'express';
import { router } from './routes/index.js';

export const app = express();

app.use(cors());
app.use(express.json());
app.use('/api', router);

app.listen(process.env.PORT ?? 3000);

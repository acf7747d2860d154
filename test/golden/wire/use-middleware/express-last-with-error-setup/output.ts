import express from 'express';
import { routes, setupErrorHandler } from './parts.js';
import { limiter } from './patterns/limiter.js';

const app = express();
routes(app);
app.use(limiter.onError);
setupErrorHandler(app);
app.listen(3000);

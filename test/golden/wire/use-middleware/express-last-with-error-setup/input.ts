import express from 'express';
import { routes, setupErrorHandler } from './parts.js';

const app = express();
routes(app);
setupErrorHandler(app);
app.listen(3000);

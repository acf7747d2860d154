import express from 'express';
import { createServer } from 'node:http';

const app = express();
const admin = express();
admin.get('/', (_req, res) => res.end());
app.get('/', (_req, res) => res.end());
createServer(app).listen(3000);

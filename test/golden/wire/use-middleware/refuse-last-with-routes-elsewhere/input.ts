import express from 'express';

const app = express();
app.get('/', (_request, response) => response.end());

export function more(): void {
  app.get('/more', (_request, response) => response.end());
}

import express, { type Express } from 'express';
import { limiter } from './patterns/limiter.js';

export class App {
  readonly app: Express;

  constructor() {
    this.app = express();
    this.app.use(express.json());
    this.app.use(limiter.middleware);
    this.routes();
  }

  private routes(): void {
    this.app.get('/', (_request, response) => response.end());
  }
}

import express, { type Express } from 'express';

export class App {
  readonly app: Express;

  constructor() {
    this.app = express();
    this.app.use(express.json());
    this.routes();
  }

  private routes(): void {
    this.app.get('/', (_request, response) => response.end());
  }
}

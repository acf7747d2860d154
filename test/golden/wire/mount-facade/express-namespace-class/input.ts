import * as express from 'express';
import { Application } from 'express';

export class App {
    private readonly app: Application;

    constructor() {
        this.app = express();
        this.app.use(express.urlencoded({ extended: true }));
        this.routes();
    }

    private routes() {
        this.app.get('/', (_req, res) => res.send('ok'));
    }
}

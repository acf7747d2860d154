import * as express from 'express';
import { Application } from 'express';
import { invoices } from './patterns/invoices.js';

export class App {
    private readonly app: Application;

    constructor() {
        this.app = express();
        // Above the body parsers: what is proxied must still have its body.
        this.app.use(invoices.middleware);
        this.app.use(express.urlencoded({ extended: true }));
        this.routes();
    }

    private routes() {
        this.app.get('/', (_req, res) => res.send('ok'));
    }
}

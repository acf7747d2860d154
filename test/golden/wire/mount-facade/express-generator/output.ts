import morgan from 'morgan';
import path from 'path';
import helmet from 'helmet';
import express, { Request, Response, NextFunction } from 'express';

import BaseRouter from '@src/routes';

import Paths from '@src/common/constants/Paths';
import EnvVars from '@src/common/constants/env';
import { NodeEnvs } from '@src/common/constants';
import { invoicesFacade } from './patterns/invoices';

/******************************************************************************
                                Setup
******************************************************************************/

const app = express();

// **** Middleware **** //

// Above the body parsers: what is proxied must still have its body.
app.use(invoicesFacade);

// Basic middleware
app.use(express.json());
app.use(express.urlencoded({extended: true}));

// Show routes called in console during development
if (EnvVars.NodeEnv === NodeEnvs.DEV) {
  app.use(morgan('dev'));
}

// Security
if (EnvVars.NodeEnv === NodeEnvs.PRODUCTION) {
  app.use(helmet());
}

// Add APIs, must be after middleware
app.use(Paths.Base, BaseRouter);

// Add error handler
app.use((err: Error, _: Request, res: Response, next: NextFunction) => {
  next(err);
});

export default app;

#!/usr/bin/env node
import { connect } from './db.js';

await connect(process.env.DATABASE_URL);
console.log('ready');

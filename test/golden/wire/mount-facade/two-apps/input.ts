import express from 'express';

const app = express();
const admin = express();
admin.get('/', (_req, res) => res.end());

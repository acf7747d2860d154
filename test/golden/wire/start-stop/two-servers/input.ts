import express from 'express';

const app = express();
const admin = express();
app.listen(3000);
admin.listen(3001);

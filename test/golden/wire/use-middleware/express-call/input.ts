import express from 'express';

const app = express();
app.use(express.json());

app.post('/', (request, response) => {
  response.json(request.body);
});

export default app;

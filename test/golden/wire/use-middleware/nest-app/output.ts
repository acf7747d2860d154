import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { limiter } from './patterns/limiter.js';

const app = await NestFactory.create(AppModule);
app.enableCors();
app.use(limiter.middleware);
await app.listen(3000);

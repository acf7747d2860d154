import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { CatsModule } from './cats.js';
import { LimiterMiddleware } from './patterns/limiter.js';

@Module({ imports: [CatsModule] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(LimiterMiddleware).forRoutes('{*splat}');
  }
}

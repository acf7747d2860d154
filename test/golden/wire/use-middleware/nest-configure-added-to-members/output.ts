import { Module, type OnModuleInit } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { LimiterMiddleware } from './patterns/limiter.js';

@Module({})
export class AppModule implements OnModuleInit, NestModule {
  onModuleInit(): void {
    console.log('up');
  }

  configure(consumer: MiddlewareConsumer) {
    consumer.apply(LimiterMiddleware).forRoutes('{*splat}');
  }
}

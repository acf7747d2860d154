import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { LogMiddleware } from './log.js';
import { LimiterMiddleware } from './patterns/limiter.js';

@Module({})
export class AppModule implements NestModule {
  configure(to: MiddlewareConsumer): void {
    to.apply(LimiterMiddleware).forRoutes('*');
    to.apply(LogMiddleware).forRoutes('*');
  }
}

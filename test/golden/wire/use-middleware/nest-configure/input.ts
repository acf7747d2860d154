import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { LogMiddleware } from './log.js';

@Module({})
export class AppModule implements NestModule {
  configure(to: MiddlewareConsumer): void {
    to.apply(LogMiddleware).forRoutes('*');
  }
}

import { Module } from '@nestjs/common';
import { LimiterModule } from './patterns/limiter.js';

@Module({ imports: [LimiterModule.forRoot()] })
export class AppModule {}

import { Module } from '@nestjs/common';
import { CatsModule } from './cats.js';
import { common } from './common.js';
import { LimiterModule } from './patterns/limiter.js';

@Module({ imports: [...common, CatsModule, LimiterModule.forRoot()] })
export class AppModule {}

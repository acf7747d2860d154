import { Module } from '@nestjs/common';
import { CatsModule } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

const common = [CatsModule];

@Module({ imports: [...common, LimiterModule.forRoot()], exports: common })
export class AppModule {}

import { Module } from '@nestjs/common';
import { CatsModule, DogsModule } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

const modules = [CatsModule, DogsModule, LimiterModule.forRoot()];

@Module({ imports: modules })
export class AppModule {}

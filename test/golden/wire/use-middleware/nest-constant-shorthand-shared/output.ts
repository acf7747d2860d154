import { Module } from '@nestjs/common';
import { CatsModule, DogsModule } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

export const imports = [CatsModule, DogsModule];

@Module({ imports: [...imports, LimiterModule.forRoot()] })
export class AppModule {}

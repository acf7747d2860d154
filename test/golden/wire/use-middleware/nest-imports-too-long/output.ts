import { Module } from '@nestjs/common';
import { CatsModule, DogsModule } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

@Module({
  imports: [
    CatsModule,
    DogsModule,
    CatsModule,
    DogsModule,
    CatsModule,
    LimiterModule.forRoot(),
  ],
})
export class AppModule {}

import { Module } from '@nestjs/common';
import { CatsController, CatsModule, CatsService } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

@Module({
  imports: [CatsModule, LimiterModule.forRoot()],
  controllers: [CatsController],
  providers: [CatsService],
})
export class AppModule {}

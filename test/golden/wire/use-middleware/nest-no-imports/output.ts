import { Module } from '@nestjs/common';
import { CatsController } from './cats.js';
import { LimiterModule, LimiterGuard } from './patterns/limiter.js';

@Module({
  imports: [LimiterModule.forRoot()],
  controllers: [CatsController],
  providers: [LimiterGuard],
})
export class AppModule {}

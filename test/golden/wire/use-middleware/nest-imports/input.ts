import { Module } from '@nestjs/common';
import { CatsController, CatsModule, CatsService } from './cats.js';

@Module({
  imports: [CatsModule],
  controllers: [CatsController],
  providers: [CatsService],
})
export class AppModule {}

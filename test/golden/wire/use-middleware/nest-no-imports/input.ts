import { Module } from '@nestjs/common';
import { CatsController } from './cats.js';

@Module({
  controllers: [CatsController],
})
export class AppModule {}

import { Module } from '@nestjs/common';
import { CatsModule } from './cats.js';

@Module({ imports: [CatsModule] })
export class AppModule {}

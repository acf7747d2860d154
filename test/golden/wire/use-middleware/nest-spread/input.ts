import { Module } from '@nestjs/common';
import { CatsModule } from './cats.js';
import { common } from './common.js';

@Module({ imports: [...common, CatsModule] })
export class AppModule {}

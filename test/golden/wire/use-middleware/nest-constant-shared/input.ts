import { Module } from '@nestjs/common';
import { CatsModule } from './cats.js';

const common = [CatsModule];

@Module({ imports: common, exports: common })
export class AppModule {}

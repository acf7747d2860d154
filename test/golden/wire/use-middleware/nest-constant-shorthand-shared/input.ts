import { Module } from '@nestjs/common';
import { CatsModule, DogsModule } from './cats.js';

export const imports = [CatsModule, DogsModule];

@Module({ imports })
export class AppModule {}

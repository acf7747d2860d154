import { Module } from '@nestjs/common';
import { CatsModule, DogsModule } from './cats.js';

const modules = [CatsModule, DogsModule];

@Module({ imports: modules })
export class AppModule {}

import { Module } from '@nestjs/common';
import { CatsModule, modules } from './modules.js';

@Module({ imports: [CatsModule].concat(modules) })
export class AppModule {}

import { Module } from '@nestjs/common';
import { modules } from './modules.js';

@Module({ imports: modules })
export class AppModule {}

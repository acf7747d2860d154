import { Module } from '@nestjs/common';
import { base } from './base.js';

@Module({ ...base })
export class AppModule {}

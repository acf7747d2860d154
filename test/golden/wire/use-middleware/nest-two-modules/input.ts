import { Module } from '@nestjs/common';

@Module({})
export class FirstModule {}

@Module({})
export class SecondModule {}

import { Module, type OnModuleInit } from '@nestjs/common';

@Module({})
export class AppModule implements OnModuleInit {
  onModuleInit(): void {
    console.log('up');
  }
}

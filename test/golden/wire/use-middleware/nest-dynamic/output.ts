import { type DynamicModule, Module } from '@nestjs/common';
import { CatsModule } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

@Module({})
export class ConfigModule {
  static forRoot(debug: boolean): DynamicModule {
    return {
      module: ConfigModule,
      global: debug,
      imports: [CatsModule, LimiterModule.forRoot()],
    };
  }

  static async forRootAsync(): Promise<DynamicModule> {
    const module = { module: ConfigModule };
    return module;
  }
}

import { Module, type ModuleMetadata } from '@nestjs/common';
import { CatsModule } from './cats.js';
import { LimiterModule } from './patterns/limiter.js';

const metadata: ModuleMetadata = {
  imports: [CatsModule, LimiterModule.forRoot()],
};

@Module(metadata)
export class AppModule {}

import { Module, type ModuleMetadata } from '@nestjs/common';
import { CatsModule } from './cats.js';

const metadata: ModuleMetadata = {
  imports: [CatsModule],
};

@Module(metadata)
export class AppModule {}

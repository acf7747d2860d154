import { Module } from '@nestjs/common';
import { CatsModule, DogsModule } from './cats.js';

@Module({
  imports: [CatsModule, DogsModule, CatsModule, DogsModule, CatsModule],
})
export class AppModule {}

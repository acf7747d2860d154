import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);

  process.on('SIGTERM', async () => {
    // Let the services end.
    await app.close();
    process.exit(0);
  });
}
void bootstrap();

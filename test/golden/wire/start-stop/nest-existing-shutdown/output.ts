import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { orderEmailConsumer } from './patterns/order-email';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await orderEmailConsumer.start();
  await app.listen(3000);

  process.on('SIGTERM', async () => {
    await new Promise((closed) => app.getHttpServer().close(closed));
    await orderEmailConsumer.close({ drainMs: 10_000 });
    // Let the services end.
    await app.close();
    process.exit(0);
  });
}
void bootstrap();

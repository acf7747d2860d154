import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { orderEmailConsumer } from './patterns/order-email';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await orderEmailConsumer.start();
  await app.listen(3000);
  process.once('SIGTERM', async () => {
    await new Promise((closed) => app.getHttpServer().close(closed));
    await orderEmailConsumer.close({ drainMs: 10_000 });
    await app.close();
  });
}
void bootstrap();

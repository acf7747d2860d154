import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { orderEmailConsumer } from './patterns/order-email';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await orderEmailConsumer.start();
  await app.listen(process.env.PORT ?? 3000);

  // Take no new requests, finish what is in hand, then end.
  const shutdown = async () => {
    await new Promise((closed) => app.getHttpServer().close(closed));
    await orderEmailConsumer.close({ drainMs: 10_000 });
    await app.close();
    process.exit();
  };
  process.once('SIGTERM', () => void shutdown());
  process.once('SIGINT', () => void shutdown());
}
bootstrap();

import { createApp } from './app.js';

async function bootstrap(): Promise<void> {
  const app = await createApp();
  app.listen(3000);
}

void bootstrap();

/** Files beside `PROJECT` for patterns that wire where the application is made, or take work out of a method. */
export const APP = {
  'src/app.ts': `import express from 'express';

export function createApp() {
  const app = express();
  app.use(express.json());
  return app;
}
`,
  'src/server.ts': `import { createApp } from './app.js';

const app = createApp();
const server = app.listen(3000);

process.once('SIGTERM', () => server.close());
`,
  'src/mailer.ts': `import { setTimeout as sleep } from 'node:timers/promises';

export interface Mail {
  readonly to: string;
}

export class Mailer {
  async send(mail: Mail): Promise<void> {
    await sleep(200);
    console.log(mail.to);
  }
}
`,
};

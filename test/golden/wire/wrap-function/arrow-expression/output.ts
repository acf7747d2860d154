import { payment } from './patterns/payment.js';

export const ping = (host: string): Promise<Response> =>
  payment.run(() => pingDirectly(host));

const pingDirectly = (host: string): Promise<Response> => fetch(`https://${host}`);

export const other = 1;

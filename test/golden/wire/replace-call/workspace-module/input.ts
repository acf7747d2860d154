import { send } from './mail/send.js';
import { send as post } from './post/send.js';

export const both = (to: string) => [send(to), post(to)];

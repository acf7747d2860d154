import { smtp } from './smtp.js';

export const deliver = async (body: string): Promise<void> => await smtp.send(body);

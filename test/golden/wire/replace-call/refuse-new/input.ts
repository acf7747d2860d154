import { Client } from 'db';

export const one = () => new Client();

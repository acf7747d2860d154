import { now } from './time.js';

export const at = () => now();

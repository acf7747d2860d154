import { findById } from './find.js';

export const users = { findById };

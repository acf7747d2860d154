import type { Order, User } from './model.js';
import { load } from './load.js';

export const findUser = async (id: string): Promise<User> => load('user', id);
export const findOrder = async (id: string): Promise<Order> => load('order', id);

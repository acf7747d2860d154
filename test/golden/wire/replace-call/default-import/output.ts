import axios from 'axios';
import { ordersClient } from './patterns/orders.js';

interface User {
  readonly id: string;
}

export const load = async (id: string): Promise<User> => {
  const { data } = await ordersClient.get<User>(`/users/${id}`);
  return data;
};

const http = axios.create();
export const other = () => http.get<User>('/other');

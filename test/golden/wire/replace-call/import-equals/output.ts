import http = require('axios');
import { ordersClient } from './patterns/orders.js';

export const load = (id: string) => ordersClient.get(id);

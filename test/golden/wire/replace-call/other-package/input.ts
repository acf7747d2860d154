import axios from './axios.js';

export const load = (id: string) => axios.get(id);

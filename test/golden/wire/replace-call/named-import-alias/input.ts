import { get as read } from 'axios';

const get = (url: string) => url;

export const load = (id: string) => read<string>(get(id), {});

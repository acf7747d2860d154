import * as http from 'axios';

export const load = (id: string) => http.default.get<string>(id);

import * as http from 'axios';

export const load = (id: string) => http.get<string>(id);

export const again = (id: string) => http['get']<string>(id);

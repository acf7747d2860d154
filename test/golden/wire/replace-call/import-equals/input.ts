import http = require('axios');

export const load = (id: string) => http.get(id);

import http from 'http';

http.createServer((req, res) => res.end('ok')).listen(3000);

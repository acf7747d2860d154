import axios from 'axios';

export const one = () => axios?.get('1');

export const name = 'mail';

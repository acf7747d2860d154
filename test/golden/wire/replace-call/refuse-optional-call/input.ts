export const one = () => fetch('1');
export const two = () => fetch?.('2');

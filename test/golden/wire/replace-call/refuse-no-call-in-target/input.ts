export const one = () => 1;

export const two = () => fetch('2');

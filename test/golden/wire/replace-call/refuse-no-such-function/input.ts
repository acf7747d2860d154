export const two = () => fetch('2');

const first = await fetch('https://x/1');
const second = await fetch('https://x/2');

export { first, second };

export function rate(currency: string): number {
  return currency.length;
}

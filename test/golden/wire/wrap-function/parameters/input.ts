interface Charge {
  readonly amount: number;
  readonly currency?: string;
  readonly note: string;
}

export async function charge(
  { amount, currency = 'EUR' }: Charge,
  [first]: readonly string[] = [],
  tries = 3,
  delay: number = 100,
  reason?: string,
): Promise<string> {
  return [amount, currency, first, tries, delay, reason].join();
}

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  readonly priceCents: number;
}

export interface Order {
  readonly id: string;
  readonly userId: string;
  readonly lines: readonly OrderLine[];
}

export function totalCents(order: Order): number {
  return order.lines.reduce(
    (sum, line) => sum + line.quantity * line.priceCents,
    0,
  );
}

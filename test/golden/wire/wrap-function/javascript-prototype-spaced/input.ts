export function Payments() { this.sent = 0; }
Payments
  .prototype
  .total = function () { return this.sent; };

export function check(value: unknown): asserts value is string {
  if (typeof value !== "string") throw new Error("no text");
}

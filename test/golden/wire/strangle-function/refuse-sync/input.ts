export function load(id: string): string {
  return id;
}

export default async function handle(event: string): Promise<string> {
  return event;
}

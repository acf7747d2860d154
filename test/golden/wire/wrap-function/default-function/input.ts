export default async function (event: string): Promise<string> {
  return event;
}

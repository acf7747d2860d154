export default async (event: string): Promise<string> => {
  return event;
};

export async function charge(data: FormData): Promise<number> {
  'use server';
  return [...data].length;
}

export async function findUser(id: string): Promise<string>;
export async function findUser(id: number): Promise<string>;
export async function findUser(id: string | number): Promise<string> {
  return await load(String(id));
}

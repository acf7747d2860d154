declare function url(): Promise<string>;

export const one = async () => fetch(await url());

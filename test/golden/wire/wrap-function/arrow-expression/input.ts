export const ping = (host: string): Promise<Response> => fetch(`https://${host}`);

export const other = 1;

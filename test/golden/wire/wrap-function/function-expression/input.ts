export const charge = async function again(times: number): Promise<number> {
  return times > 1 ? again(times - 1) : times;
};

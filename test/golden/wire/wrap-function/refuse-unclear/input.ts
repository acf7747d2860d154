import { post } from "./http.js";

export function charge(amount: number) {
  return post(amount);
}

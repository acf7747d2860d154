/**
 * @param {number} amount
 * @returns {Promise<number>}
 */
export function charge(amount, tries = 3) {
  return post(amount, tries);
}

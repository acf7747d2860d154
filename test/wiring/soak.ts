/** How many times the usual number of sources and runs: `npm run test:soak` sets it. */
export const SOAK = Math.max(1, Number(process.env['PATTERNSMITH_SOAK'] ?? 1));

export const SEED = 20_261_126;

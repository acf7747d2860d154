/** Property tests draw the same cases in every run, so that a failure is one of the change and not of the day; the soak run draws others. */
import fc from 'fast-check';

const { PATTERNSMITH_SEED: seed, PATTERNSMITH_SOAK: soak } = process.env;

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  ...(seed !== undefined || soak === undefined ? { seed: Number(seed ?? 20261126) } : {}),
});

// Applies a plan and is killed before or after the operation with a number: node killed-run.ts ROOT PLAN before|after NUMBER SIGNAL
import { readFile } from 'node:fs/promises';
import { applyToDisk } from '../../../../src/plan/disk.ts';
import type { ScaffoldPlan } from '../../../../src/plan/types.ts';
import { hookedFs } from './faulty-fs.ts';

const [root = '', planFile = '', moment, number, signal = ''] = process.argv.slice(2);
const plan = JSON.parse(await readFile(planFile, 'utf8')) as ScaffoldPlan;
const strike = (when: string) => (_: string, count: number) => {
  if (when === moment && count === Number(number)) process.kill(process.pid, signal);
};
await applyToDisk(root, plan, { fs: hookedFs(strike('before'), strike('after')) });

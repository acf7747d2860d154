// Preloaded into the command line: sends it a signal when it renames a file for the STRIKE_ATth time.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const rename = fs.rename;
let renames = 0;
fs.rename = async (from, to) => {
  if (++renames === Number(process.env['STRIKE_AT']))
    process.kill(process.pid, process.env['STRIKE_WITH']);
  // The handler runs when the event loop turns.
  await new Promise((resolve) => setImmediate(resolve));
  return rename(from, to);
};
syncBuiltinESMExports();

// The command line as a user who may not write everywhere: node unprivileged.ts TEMPLATES ARGUMENTS…
import { processIo } from '../../../../src/cli/io.ts';
import { main } from '../../../../src/cli/main.ts';
import '../../../../src/cli/scaffold.ts';
import '../../../../src/engine.ts';

const NOBODY = 65534;
const [templatesDir = '', ...args] = process.argv.slice(2);
// All is loaded by now: the checkout may be unreadable to that user.
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const installation = { templatesDir, demosDir: '', version: '0' };
process.exitCode = await main(args, processIo(), installation, new AbortController().signal);

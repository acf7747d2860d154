#!/usr/bin/env node
// Stands in for the `code` executable where no desktop VS Code can be had: takes the arguments that `runTests` passes, starts VS Code's
// server, opens the workbench in headless Chromium, and ends with the test run's exit code. The tests run in the real extension host.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startServer } from '../../scripts/vscode/server.ts';
import { launchChromium, workbenchAddress } from '../../scripts/vscode/workbench.ts';
import { outputMark } from './output-mark.ts';

const args = process.argv.slice(2);
const option = (name: string) =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const root = process.env['VSCODE_SERVER_ROOT'];
const artifacts = process.env['HOST_ARTIFACTS'];
if (!root || !artifacts) throw new Error('VSCODE_SERVER_ROOT and HOST_ARTIFACTS must be set');

const opened = args.find((arg) => !arg.startsWith('--'));
const where = opened?.endsWith('.code-workspace')
  ? { workspace: opened }
  : opened
    ? { folder: opened }
    : {};
const extension = option('extensionDevelopmentPath');
const tests = option('extensionTestsPath');

mkdirSync(artifacts, { recursive: true });
const logFile = join(artifacts, 'workbench.log');
writeFileSync(logFile, '');

// `runTests` always switches workspace trust off; a run that is about it switches it on again.
const trusted = process.env['HOST_WORKSPACE_TRUST'] !== 'on';
const userData = option('user-data-dir');
const server = await startServer({
  root,
  trusted,
  testDriver: true,
  // In a browser VS Code saves by itself; the tests are about what is not saved yet.
  settings: { 'files.autoSave': 'off', 'security.workspace.trust.startupPrompt': 'never' },
  ...(userData ? { userData } : {}),
});
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

const finished = new Promise<number>((resolve) => {
  void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  // The workbench's console also carries its own noise; the tests' lines are marked.
  void page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) => {
    for (const line of parts.map(String).join(' ').split('\n')) {
      if (line.startsWith(outputMark)) console.log(line.slice(outputMark.length));
      else appendFileSync(logFile, `${line}\n`);
    }
  });
  void server.ended.then((code) => resolve(code ?? 1));
});
await page.goto(
  workbenchAddress(server, {
    ...where,
    ...(extension ? { extension } : {}),
    ...(tests ? { tests } : {}),
  }),
);
const code = await finished;
if (code !== 0) {
  await page.screenshot({ path: join(artifacts, 'failure.png') });
  console.error(`VS Code's own log: ${logFile}; screenshot: ${dirname(logFile)}/failure.png`);
}
await browser.close();
await server.stop();
process.exit(code);

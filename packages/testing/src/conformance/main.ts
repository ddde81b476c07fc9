import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Suite, SuiteResult } from './suite.ts';
import { SUITES } from './suites.ts';
import { resultText, tally } from './tally.ts';

const USAGE = `usage: npm run conformance -- [--suites DIR] [--only SUITE,…] [--json] [--out FILE] [--causes N]

  --suites DIR   a folder laid out as ../shared/suites, which is the default
  --only SUITE   a suite (yaml-semantics/table) or a folder of suites (yaml-semantics); repeatable, or a comma list
  --json         print {suites: [...]} on standard output, and nothing else there (npm run --silent)
  --out FILE     write the same to a file
  --causes N     how many causes text shows for each suite; 8 by default
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
  const typedIn = process.env.INIT_CWD ?? process.cwd();
  const { values } = parseArgs({
    options: {
      suites: { type: 'string' },
      only: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      out: { type: 'string' },
      causes: { type: 'string', default: '8' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const folder = values.suites === undefined ? join(root, '../shared/suites') : resolve(typedIn, values.suites);
  if (!existsSync(folder)) return usageError(`there is no folder ${folder}; --suites DIR names another`);
  const wanted = (values.only ?? []).flatMap((names) => names.split(',')).filter((name) => name !== '');
  const unknown = wanted.find((name) => !SUITES.some((suite) => isNamed(suite, name)));
  if (unknown !== undefined) return usageError(`unknown suite "${unknown}"; there are ${SUITES.map(({ name }) => name).join(', ')}`);
  const chosen = SUITES.filter((suite) => wanted.length === 0 || wanted.some((name) => isNamed(suite, name)));

  const scratch = mkdtempSync(join(tmpdir(), 'plumbline-conformance-'));
  const context = { command: join(root, 'packages/cli/dist/plumbline.cjs'), scratch };
  const results: SuiteResult[] = [];
  try {
    for (const suite of chosen) {
      if (!existsSync(join(folder, suite.data))) {
        process.stderr.write(`${suite.name}: no ${suite.data} here\n`);
        continue;
      }
      const result = await tally(suite.name, suite.run(folder, context), progress(suite.name));
      if (result.error !== undefined) process.stderr.write(`${suite.name}: ended early: ${result.error}\n`);
      results.push(result);
      if (values.json !== true)
        process.stdout.write(resultText(result, { causes: Number(values.causes), isShownByPart: suite.isShownByPart === true }));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const json = `${JSON.stringify({ suites: results })}\n`;
  if (values.out !== undefined) {
    const out = resolve(typedIn, values.out);
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, json);
  }
  if (values.json === true) process.stdout.write(json);
  return results.some(({ error }) => error !== undefined) ? 1 : 0;
}

function isNamed(suite: Suite, name: string): boolean {
  return suite.name === name || suite.name.startsWith(`${name}/`);
}

function usageError(message: string): number {
  process.stderr.write(`conformance: ${message}\n\n${USAGE}`);
  return 2;
}

/** Says on standard error how far a long suite is: on one line of a terminal, each thousandth case elsewhere. */
function progress(name: string): (count: number) => void {
  const isTerminal = process.stderr.isTTY;
  return (count) => {
    if (isTerminal && count % 20 === 0) process.stderr.write(`\r${name} ${count}\u001b[K\r`);
    else if (!isTerminal && count % 1000 === 0) process.stderr.write(`${name} ${count}\n`);
  };
}

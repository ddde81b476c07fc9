// npm start: checks the sample shop, and succeeds when its findings are exactly those that its README lists.
// npm start -- check DIR …: the command itself, from the folder where it was typed, with its own exit code.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, command, root } from './bootstrap.mjs';
import { makeSampleRepository } from './sample-repository.mjs';
import { differences } from './shop-findings.mjs';

await bootstrap();
const given = process.argv.slice(2);
if (given.length > 0) {
  const result = spawnSync(process.execPath, [command, ...given], { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' });
  process.exit(result.status ?? 2);
}

const shop = join(root, 'fixtures/repos/shop');
const expectedFile = join(shop, 'expected.json');
if (!existsSync(expectedFile)) fail(`${expectedFile} is missing: it lists the findings that the sample must give`);
const copy = join(root, '.cache/shop');
const report = join(root, '.cache/shop.json');
makeSampleRepository(shop, copy);
const run = spawnSync(process.execPath, [command, 'check', '--format', 'text', '--format', `json=${report}`], {
  cwd: copy,
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (run.status !== 0 && run.status !== 1) fail(`plumbline ended with exit code ${run.status}`);

const { missing, extra, count } = differences(
  JSON.parse(readFileSync(expectedFile, 'utf8')),
  JSON.parse(readFileSync(report, 'utf8')).findings,
);
for (const line of missing) console.error(`listed but not found: ${line}`);
for (const line of extra) console.error(`found but not listed: ${line}`);
if (missing.length + extra.length > 0) fail('the findings differ from fixtures/repos/shop/expected.json');
console.log(`\nThe ${count} planted faults of fixtures/repos/shop were found, each on its line, and nothing else.`);
console.log('To check your own repository: npm start -- check /path/to/repository');

function fail(message) {
  console.error(`npm start: ${message}`);
  process.exit(1);
}

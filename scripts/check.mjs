// npm run check: types, lint, format, arrows, generated files, tests.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { runQuietly, staticChecks } from './checks.mjs';

await bootstrap();
let failed = 0;
for (const { name, node } of staticChecks()) {
  const { code, output } = await runQuietly(process.execPath, node);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (code === 0) continue;
  failed++;
  console.log(output);
}
const tests = spawnSync(process.execPath, [join(root, 'scripts/test.mjs')], { cwd: root, stdio: 'inherit' });
process.exit(failed === 0 && tests.status === 0 ? 0 : 1);

// npm test: every test, in a fresh clone too. Arguments go to vitest: npm test -- packages/core/src/yaml
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, homeEnvironment, root } from './bootstrap.mjs';

await bootstrap();
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const result = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  env: homeEnvironment(),
  stdio: 'inherit',
});
process.exit(result.status ?? 1);

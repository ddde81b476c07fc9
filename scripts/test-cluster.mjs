// npm run test:cluster: builds the real API server where there is Go, then runs the tests that ask it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, homeEnvironment, root } from './bootstrap.mjs';

await bootstrap();
const run = (given) => spawnSync(process.execPath, given, { cwd: root, env: homeEnvironment(), stdio: 'inherit' }).status ?? 1;
const built = run([join(root, 'scripts/run.mjs'), 'packages/testing/src/cluster/build-only.ts']);
process.exit(built === 0 ? run([join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'cluster']) : built);

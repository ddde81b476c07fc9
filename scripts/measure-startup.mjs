// Prints what one file costs beyond an empty Node.js script: the median of 15 runs of each, taken in turns so that a
// busy machine slows both. node scripts/measure-startup.mjs [RUNS]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, command } from './bootstrap.mjs';

await bootstrap();
const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'plumbline-startup-'));
// Extra certificates are read at every start of Node.js, which hides what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
`;

function elapsed(args) {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { cwd: folder, env, stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

try {
  writeFileSync(join(folder, 'empty.cjs'), '');
  writeFileSync(join(folder, 'web.yaml'), MANIFEST);
  const empty = [];
  const one = [];
  for (let run = 0; run < runs; run++) {
    empty.push(elapsed(['empty.cjs']));
    one.push(elapsed([command, 'check', 'web.yaml']));
  }
  const [base, full] = [median(empty), median(one)];
  console.log(`an empty script ${base.toFixed(1)} ms, one file ${full.toFixed(1)} ms: ${(full - base).toFixed(1)} ms more`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// npm run oracle -- DIR: asks a real API server about every manifest in a folder, and prints where `plumbline check` differs.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createAsk } from './ask.ts';
import { buildCluster, findCluster } from './build.ts';
import { compare } from './compare.ts';
import { install } from './install.ts';
import { questionsOf } from './questions.ts';
import { startCluster } from './start.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'kubernetes-version': { type: 'string', default: '1.37' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: npm run oracle -- DIR [--kubernetes-version 1.34]');
  process.exit(2);
}
const found = findCluster();
if ('missing' in found) {
  console.log(`skipped: ${found.missing}`);
  process.exit(0);
}
if (!found.isBuilt) console.error('building the API server, which takes about five minutes the first time');
const version = values['kubernetes-version'];
const cluster = await startCluster(await buildCluster(), version === '1.37' ? [] : [`--emulated-version=${version}`]);
try {
  const { manifests, definitions } = await questionsOf(resolve(folder));
  for (const problem of await install(cluster.client, manifests)) console.log(problem);
  const { agreed, refused, differences, uncounted } = await compare(await createAsk(cluster.client), manifests, definitions, version);
  for (const { name, kind, why } of differences) console.log(`${name}: ${kind}: ${why}`);
  for (const [name, reason] of uncounted) console.log(`${name}: not counted: ${reason}`);
  const total = agreed + differences.length;
  console.log(`kube-apiserver ${cluster.version}: ${agreed} of ${total} verdicts agree, ${refused} refused`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  await cluster.stop();
}

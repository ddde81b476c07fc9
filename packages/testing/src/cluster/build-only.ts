// Builds the API server of fixtures/cluster where there is Go, for `npm run test:cluster` and `.ci/run`. Prints one line.
import { buildCluster, findCluster } from './build.ts';

const found = findCluster();
if ('missing' in found) console.log(`skipped: ${found.missing}`);
else {
  if (!found.isBuilt) console.log('building the API server from Go modules, which takes about five minutes the first time');
  console.log(`built: ${await buildCluster()}`);
}

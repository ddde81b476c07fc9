import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPlumbline } from '@plumbline/cli';
import { type JsonObject, stringify, valueAt } from '@plumbline/core';
import { readFolder } from '@plumbline/sources';
import { findCluster } from '../cluster/build.ts';
import { type Cluster, startCluster } from '../cluster/start.ts';
import { asLive } from './as-live.ts';
import { measure } from './measure.ts';
import { writeTree } from './tree.ts';

const COUNT = 10_000;
const AT_ONCE = 8;

/** A line on how fast a run is. */
export type Print = (line: string) => void;

/** How fast a folder is compared with a snapshot, and with what kubectl prints. */
export async function benchDrift(root: string, scratch: string, runs: number, print: Print): Promise<void> {
  const folder = treeIn(scratch);
  const live = await asLive(folder);
  await live.writeSnapshot(join(scratch, 'live.snapshot'));
  print(await timed('a snapshot', { root, folder, runs, given: [`snapshot:${join(scratch, 'live.snapshot')}`], exitCode: 1 }));
  live.writeList(join(scratch, 'live.json'));
  print(await timed('kubectl get -o json', { root, folder, runs, given: [join(scratch, 'live.json')], exitCode: 1 }));
}

/** How fast a folder is compared with a real server that was just given it. To fill one takes minutes. */
export async function benchDriftOfCluster(root: string, scratch: string, runs: number, print: Print): Promise<void> {
  const found = findCluster();
  if ('missing' in found || !found.isBuilt) {
    print(`skipped: ${'missing' in found ? found.missing : 'not built yet: npm run test:cluster'}\n`);
    return;
  }
  const folder = treeIn(scratch);
  const cluster = await startCluster(found.path);
  try {
    await fill(cluster, folder);
    const env = [`KUBECONFIG=${cluster.kubeconfig}`];
    print(await timed('a kube-apiserver on the same machine', { root, folder, runs, env, given: ['cluster:'], exitCode: 0 }));
  } finally {
    await cluster.stop();
  }
}

function treeIn(scratch: string): string {
  const folder = join(scratch, 'drift');
  writeTree(folder, COUNT);
  mkdirSync(join(folder, '.git'));
  return folder;
}

interface Timed {
  readonly root: string;
  readonly folder: string;
  readonly runs: number;
  readonly env?: readonly string[];
  readonly given: readonly string[];
  readonly exitCode: number;
}

async function timed(what: string, { root, folder, runs, env = [], given, exitCode }: Timed): Promise<string> {
  const command = [process.execPath, join(root, 'packages/cli/dist/plumbline.cjs'), 'drift', '--actual', ...given];
  const figures = (await measure([{ name: 'drift', program: 'env', given: [...env, ...command] }], folder, runs)).get('drift');
  if (figures?.exitCode !== exitCode) throw new Error(`drift against ${what} ended with ${figures?.exitCode}, not ${exitCode}`);
  const { medianMs, fastestMs, cpuMs, peakMb } = figures;
  return (
    `${COUNT} objects against ${what}: ${medianMs.toFixed(0)} ms (median of ${runs}; fastest ${fastestMs.toFixed(0)} ms), ` +
    `${cpuMs.toFixed(0)} ms of processor time: ${((COUNT / cpuMs) * 1000).toFixed(0)} objects a second of one core; ${peakMb.toFixed(0)} MB at most\n`
  );
}

/** Applies all objects of a folder, as Flux does. */
async function fill({ client }: Cluster, folder: string): Promise<void> {
  const { files } = await readFolder(folder);
  const { resources } = await createPlumbline().applied(files);
  const endpoints = await client.discover();
  const apply = async (object: JsonObject): Promise<void> => {
    const endpoint = endpoints.get(`${String(object.apiVersion)}/${String(object.kind)}`);
    const [namespace, name] = ['namespace', 'name'].map((key) => String(valueAt(object, ['metadata', key]) ?? 'default'));
    const place = endpoint?.isNamespaced === true ? `/namespaces/${namespace}` : '';
    const path = `${endpoint?.base}${place}/${endpoint?.resource}/${name}?fieldManager=kustomize-controller&force=true`;
    const { status, body } = await client.send('PATCH', path, stringify(object), 'application/apply-patch+yaml');
    if (status >= 300) throw new Error(`${path}: ${status} ${stringify(body)}`);
  };
  const objects = resources.map(({ object }) => object);
  const first = objects.filter(({ kind }) => kind === 'Namespace');
  for (const part of [first, objects.filter(({ kind }) => kind !== 'Namespace')]) {
    const left = [...part].reverse();
    const worker = async (): Promise<void> => {
      for (let object = left.pop(); object !== undefined; object = left.pop()) await apply(object);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}

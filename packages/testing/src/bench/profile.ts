import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Runs the command under the profiler and gives the functions that took most time themselves, as a table. */
export function profileCommand(command: string, given: readonly string[], cwd: string, scratch: string, count = 40): string {
  const folder = join(scratch, 'profile');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // One run before, so that what is kept between runs is there.
  spawnSync(process.execPath, [command, ...given], { cwd, stdio: 'ignore' });
  spawnSync(process.execPath, ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${folder}`, command, ...given], {
    cwd,
    stdio: 'ignore',
  });
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) return 'no profile was written\n';
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile; // V8's own format
  const own = new Map<number, number>();
  for (const [index, id] of profile.samples.entries()) own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0));
  const sourceAt = sourceIndex(readFileSync(command, 'utf8'));
  const byFunction = new Map<string, number>();
  const byFile = new Map<string, number>();
  let total = 0;
  for (const { id, callFrame } of profile.nodes) {
    const file = callFrame.url.endsWith(command) ? sourceAt(callFrame.lineNumber) : '(outside)';
    const name = callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName;
    const time = own.get(id) ?? 0;
    total += time;
    add(byFunction, file === '(outside)' ? name : `${name}  ${file}`, time);
    add(byFile, file, time);
  }
  return `${(total / 1000).toFixed(0)} ms sampled\n\n${rows(byFunction, total, count)}\n\n${rows(byFile, total, 20)}\n`;
}

function add(sums: Map<string, number>, key: string, time: number): void {
  sums.set(key, (sums.get(key) ?? 0) + time);
}

function rows(sums: ReadonlyMap<string, number>, total: number, count: number): string {
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, time]) => `${(time / 1000).toFixed(1).padStart(8)} ms ${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`)
    .join('\n');
}

// The bundler writes the name of each source above it.
function sourceIndex(bundle: string): (line: number) => string {
  const names: string[] = [];
  let name = '';
  for (const line of bundle.split('\n')) {
    name = /^ *\/\/ ((?:packages|policies|schemas|node_modules)\/.*)$/.exec(line)?.[1] ?? name;
    names.push(name);
  }
  return (line) => names[line] ?? '';
}

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A program that is timed. */
export interface Contender {
  readonly name: string;
  readonly program: string;
  readonly given: readonly string[];
  /** Done before each run, and not timed. */
  readonly prepare?: () => void;
}

export interface Figures {
  readonly medianMs: number;
  readonly fastestMs: number;
  readonly peakMb: number;
  /** Processor time of all threads, which says more than the clock where the machine is busy. */
  readonly cpuMs: number;
  readonly exitCode: number;
}

// A company's certificates take each Node.js start some 20 ms to read, and say nothing about a program.
const ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NO_COLOR: '1', FORCE_COLOR: undefined };

/** Times the contenders in turn, each round in the other order, after one run each that does not count. */
export async function measure(contenders: readonly Contender[], cwd: string, runs: number): Promise<ReadonlyMap<string, Figures>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const codes = new Map<string, number>();
  for (let round = -1; round < runs; round++) {
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      contender.prepare?.();
      const started = process.hrtime.bigint();
      const { status } = spawnSync(contender.program, contender.given, { cwd, env: ENVIRONMENT, stdio: 'ignore' });
      const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
      codes.set(contender.name, status ?? -1);
      if (round >= 0) times.get(contender.name)?.push(elapsed);
    }
  }
  const figures = new Map<string, Figures>();
  for (const contender of contenders) {
    const sorted = (times.get(contender.name) ?? []).sort((a, b) => a - b);
    figures.set(contender.name, {
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      fastestMs: sorted[0] ?? Number.NaN,
      ...(await useOf(contender, cwd)),
      exitCode: codes.get(contender.name) ?? -1,
    });
  }
  return figures;
}

// Clock ticks a second in /proc: 100 on every Linux that Node.js runs on.
const TICK_MS = 10;

/** Peak resident memory and processor time of one more run, as Linux counts them; NaN elsewhere. The same for every program. */
function useOf({ program, given, prepare }: Contender, cwd: string): Promise<Pick<Figures, 'peakMb' | 'cpuMs'>> {
  prepare?.();
  return new Promise((resolve) => {
    const child = spawn(program, given, { cwd, env: ENVIRONMENT, stdio: 'ignore' });
    let peakKb = Number.NaN;
    let ticks = Number.NaN;
    const sample = (): void => {
      try {
        const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (match?.[1] !== undefined) peakKb = Number(match[1]);
        // Behind the name in brackets: user time is the 12th member, system time the 13th.
        const members = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        ticks = Number(members[11]) + Number(members[12]);
      } catch {
        // Not Linux, or it has ended.
      }
    };
    const timer = setInterval(sample, 2);
    const end = (): void => {
      clearInterval(timer);
      resolve({ peakMb: peakKb / 1024, cpuMs: ticks * TICK_MS });
    };
    child.on('close', end);
    child.on('error', end);
  });
}

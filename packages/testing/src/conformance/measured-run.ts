import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MeasuredRun {
  /** Undefined when it was killed. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
  /** Peak resident memory; 0 where it could not be measured. */
  readonly peakMb: number;
  readonly isLate: boolean;
}

export interface MeasureOptions {
  readonly cwd: string;
  readonly limitSeconds: number;
  /** A folder to write in. */
  readonly scratch: string;
}

// A Node.js program says its own peak as it ends.
const REPORT_PEAK = `process.on('exit', () => require('node:fs').writeFileSync(process.env.PLUMBLINE_PEAK_FILE, String(process.resourceUsage().maxRSS)));\n`;

/** Runs a Node.js program under a time limit and measures its peak memory. */
export async function runMeasured(given: readonly string[], options: MeasureOptions): Promise<MeasuredRun> {
  const hook = join(options.scratch, 'report-peak.cjs');
  if (!existsSync(hook)) writeFileSync(hook, REPORT_PEAK);
  const peakFile = join(options.scratch, `peak-${process.pid}`);
  rmSync(peakFile, { force: true });
  const started = process.hrtime.bigint();
  const run = await new Promise<Omit<MeasuredRun, 'seconds' | 'peakMb'>>((resolve) => {
    const child = spawn(process.execPath, ['--require', hook, ...given], {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PLUMBLINE_PEAK_FILE: peakFile, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let isLate = false;
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, options.limitSeconds * 1000);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), isLate });
    });
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peakMb = existsSync(peakFile) ? Number(readFileSync(peakFile, 'utf8')) / 1024 : 0;
  return { ...run, seconds, peakMb };
}

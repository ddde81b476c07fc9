import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPlumbline } from '@plumbline/cli';
import type { Engine, Finding, SourceFile } from '@plumbline/core';

/** A manifest to be judged alone, the files around it, and the Kubernetes minor. */
export interface JudgeInput {
  readonly file: SourceFile;
  readonly around: readonly SourceFile[];
  readonly version: string;
}

export interface Judgement {
  readonly findings: readonly Pick<Finding, 'rule' | 'class' | 'message' | 'path'>[];
  /** A rule threw: the verdict is worth nothing. */
  readonly isBroken: boolean;
}

export type Judge = (input: JudgeInput) => Promise<Judgement>;

/** Judges in this process, as a user of the library does; one engine for each version. */
export function engineJudge(): Judge {
  const engines = new Map<string, Engine>();
  return async ({ file, around, version }) => {
    let engine = engines.get(version);
    if (engine === undefined) {
      engine = createPlumbline({ config: { kubernetesVersions: [version] } });
      engines.set(version, engine);
    }
    const report = await engine.check([file], { around: () => [file, ...around] });
    return { findings: report.findings, isBroken: report.failed === true };
  };
}

/** Judges by the built command, in a folder that holds the files. */
export function commandJudge(command: string, scratch: string): Judge {
  return async ({ file, around, version }) => {
    const folder = mkdtempSync(join(scratch, 'judge-'));
    // Only in a repository is anything around.
    mkdirSync(join(folder, '.git'));
    for (const { path, bytes } of [file, ...around]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const given = ['check', file.path, '--kubernetes-version', version, '--format', 'json'];
    const { code, out, err } = await runCommand(command, given, folder);
    rmSync(folder, { recursive: true, force: true });
    if (code === 2 && out === '') throw new Error(`the command failed: ${err}`);
    const { findings } = JSON.parse(out) as { findings: Judgement['findings'] }; // docs/json.md
    return { findings, isBroken: code === 2 };
  };
}

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the bundled command with nothing on standard input unless `input` says what. */
export function runCommand(command: string, given: readonly string[], cwd: string, input = ''): Promise<CommandRun> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...given], { cwd, maxBuffer: 1 << 28, timeout: 60_000 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 137;
      resolve({ code, out, err });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Whether a real API server would have refused, in the report's words. */
export function isRefused({ findings }: Judgement): boolean {
  return findings.some(({ class: kind }) => kind === 'refusal' || kind === 'broken');
}

const encoder = new TextEncoder();

export function sourceFile(path: string, text: string): SourceFile {
  return { path, bytes: encoder.encode(text) };
}

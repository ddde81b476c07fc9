import { fstatSync, statSync, writeSync } from 'node:fs';
import { ConfigError } from '@plumbline/core';

/** What the command knows of where its output goes. Plain file descriptors: process.stdout costs milliseconds to make. */
export interface Terminal {
  /** Writes to standard output; gives false once nobody reads it any more. Throws `usage` where it takes no more (a full disk). */
  out(text: string): boolean;
  err(text: string): boolean;
  readonly isOutTerminal: boolean;
  readonly isErrTerminal: boolean;
  /** Columns of standard output; 0 where it is no terminal. */
  readonly width: number;
}

export function createTerminal(): Terminal {
  const isOutTerminal = isTerminal(1);
  return {
    out: (text) => write(1, text),
    err: (text) => write(2, text),
    isOutTerminal,
    isErrTerminal: isTerminal(2),
    get width() {
      return isOutTerminal ? (process.stdout.columns ?? 80) : 0;
    },
  };
}

/** Whether to colour: the flag, then NO_COLOR and FORCE_COLOR (https://no-color.org, https://force-color.org), then the terminal. */
export function wantsColor(flag: string | undefined, environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (flag === 'always' || flag === 'never') return flag === 'always';
  if ((environment.NO_COLOR ?? '') !== '') return false;
  const force = environment.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && environment.TERM !== 'dumb';
}

/** As isatty, whose module costs milliseconds: loaded only for a device that is not the null device. */
function isTerminal(descriptor: number): boolean {
  try {
    const device = fstatSync(descriptor);
    if (!device.isCharacterDevice() || device.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev) return false;
  } catch {
    return false;
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

function write(descriptor: number, text: string): boolean {
  const bytes = Buffer.from(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code; // writeSync throws nothing else
      // A pipe that is full for now: wait a moment. One that nobody reads (`| head`): there is no more to say.
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
      else if (code === 'EPIPE' || descriptor === 2) return false;
      // Half a report must not pass for a whole one.
      else throw new ConfigError('usage', `cannot write to standard output: ${code ?? String(error)}`, { cause: error });
    }
  }
  return true;
}

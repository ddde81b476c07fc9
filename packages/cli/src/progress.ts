import type { Terminal } from './terminal.ts';

const PATIENCE_MS = 500;

/** A line on standard error that says what a long run is doing. Only on a terminal, never in CI, and gone when the run ends. */
export interface Progress {
  readonly isWanted: boolean;
  /** Shown once the run has taken half a second, at once where it is known to take long. */
  say(what: string, isLong?: boolean): void;
  done(): void;
}

export function createProgress(terminal: Terminal, isWanted: boolean): Progress {
  if (!isWanted) return { isWanted, say() {}, done() {} };
  let shown = false;
  let what = '';
  const show = (): void => {
    shown = true;
    terminal.err(`\r\u001b[K${what}`);
  };
  const timer = setInterval(() => {
    if (what !== '' && performance.now() > PATIENCE_MS) show();
  }, 100);
  timer.unref();
  return {
    isWanted,
    say(text, isLong = false) {
      what = text;
      if (isLong || performance.now() > PATIENCE_MS) show();
    },
    done() {
      clearInterval(timer);
      if (shown) terminal.err('\r\u001b[K');
      shown = false;
    },
  };
}

import type { Terminal } from './terminal.ts';

const PATIENCE_MS = 500;

/** A line on standard error that says what a long run is doing. Only on a terminal, never in CI, and gone when the run ends. */
export interface Progress {
  /** Shown once the run has taken half a second. */
  say(what: string): void;
  done(): void;
}

export function createProgress(terminal: Terminal, isWanted: boolean): Progress {
  if (!isWanted) return { say() {}, done() {} };
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
    say(text) {
      what = text;
      if (performance.now() > PATIENCE_MS) show();
    },
    done() {
      clearInterval(timer);
      if (shown) terminal.err('\r\u001b[K');
      shown = false;
    },
  };
}

import type { RuleClock } from './check/check.ts';

/** Takes the time of stages and rules; the clock is the caller's. */
export interface TimingSink {
  now(): number;
  addStage(stage: string, elapsed: number): void;
  /** Left out, rules are not timed: taking the time of each costs about as much as most rules. */
  readonly addRule?: (rule: string, elapsed: number) => void;
}

/** Takes times, or nothing at all where nobody asked. */
export interface Watch {
  start(): number;
  stop(stage: string, started: number): void;
  time<T>(stage: string, work: () => T): T;
  /** The work under its own name; its time is taken off the stage that it is called in. */
  around<A, R>(stage: string, work: (argument: A) => R): (argument: A) => R;
}

export function watchOf(timing: TimingSink | undefined): Watch {
  if (timing === undefined) {
    return { start: () => 0, stop() {}, time: (_stage, work) => work(), around: (_stage, work) => work };
  }
  let inner = 0;
  return {
    start: () => timing.now(),
    stop: (stage, started) => timing.addStage(stage, timing.now() - started),
    time(stage, work) {
      const started = timing.now();
      inner = 0;
      const result = work();
      timing.addStage(stage, timing.now() - started - inner);
      inner = 0;
      return result;
    },
    around: (stage, work) => (argument) => {
      const started = timing.now();
      const result = work(argument);
      const elapsed = timing.now() - started;
      inner += elapsed;
      timing.addStage(stage, elapsed);
      return result;
    },
  };
}

/** The clock for single rules, where somebody wants their times. */
export function clockOf(timing: TimingSink | undefined): RuleClock | undefined {
  if (timing?.addRule === undefined) return undefined;
  const addRule = timing.addRule.bind(timing);
  return { now: () => timing.now(), addRule };
}

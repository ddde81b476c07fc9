import type { TimingSink } from '@plumbline/core';

const RULES_SHOWN = 10;

/** Collects the times that `--timing` prints. */
export interface Timing extends TimingSink {
  /** Stages in order, then the slowest rules; milliseconds. */
  text(): string;
}

export function createTiming(): Timing {
  const stages = new Map<string, number>();
  const rules = new Map<string, number>();
  const start = performance.now();
  const add = (to: Map<string, number>, name: string, elapsed: number): void => {
    to.set(name, (to.get(name) ?? 0) + elapsed);
  };
  return {
    now: () => performance.now(),
    addStage: (stage, elapsed) => add(stages, stage, elapsed),
    addRule: (rule, elapsed) => add(rules, rule, elapsed),
    text() {
      // Since the process began, so that start-up is counted too.
      const total = performance.now();
      const slowest = [...rules].sort((a, b) => b[1] - a[1]).slice(0, RULES_SHOWN);
      const rows: readonly (readonly [string, number])[] = [['start-up', start], ...stages, ['total', total]];
      const lines = ['stage                               ms', ...rows.map(row)];
      if (slowest.length > 0) lines.push('', 'slowest rules                       ms', ...slowest.map(row));
      return `${lines.join('\n')}\n`;
    },
  };
}

function row([name, elapsed]: readonly [string, number]): string {
  return `${name.padEnd(28)} ${elapsed.toFixed(1).padStart(9)}`;
}

/** Lines of one text in whose place another has its own. Indexes from 0. */
export interface LineChange {
  readonly from: number;
  readonly fromCount: number;
  readonly to: number;
  readonly toCount: number;
}

/** Above so many lines that come or go, what lies between the common ends is one change. */
const MOST_EDITS = 4000;

/** Where two lists of lines differ, in order, with as few lines changed as can be (Myers, "An O(ND) difference algorithm"). */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const [a, b] = [before.slice(start, endBefore), after.slice(start, endAfter)];
  const changes: LineChange[] = [];
  let [row, column] = [0, 0];
  for (const [x, y] of [...commonLines(a, b), [a.length, b.length] as const]) {
    if (x > row || y > column) changes.push({ from: start + row, fromCount: x - row, to: start + column, toCount: y - column });
    [row, column] = [x + 1, y + 1];
  }
  return changes;
}

type Pairs = readonly (readonly [number, number])[];

function commonLines(a: readonly string[], b: readonly string[]): Pairs {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const middle = most + 1;
  // The furthest line of `a` reached on each diagonal, by edits made so far; a copy of what counts for each number of edits.
  const reached = new Int32Array(2 * most + 3);
  const at = (diagonal: number): number => reached[middle + diagonal] ?? 0;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reached.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reached[middle + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return wayBack(trace, a.length, b.length);
    }
  }
  return [];
}

function wayBack(trace: readonly Int32Array[], rows: number, columns: number): Pairs {
  const pairs: [number, number][] = [];
  let [x, y] = [rows, columns];
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reached = trace[edits];
    const at = (diagonal: number): number => reached?.[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const from = isDown ? diagonal + 1 : diagonal - 1;
    const [beforeX, beforeY] = [at(from), at(from) - from];
    while (x > beforeX && y > beforeY) pairs.push([--x, --y]);
    [x, y] = [beforeX, beforeY];
  }
  while (x > 0 && y > 0) pairs.push([--x, --y]);
  return pairs.reverse();
}

/** A stretch of a list in whose place another list has its own. */
export interface Hunk {
  readonly from: number;
  readonly fromCount: number;
  readonly to: number;
  readonly toCount: number;
}

/** Above this many pairs, what lies between the common ends is one hunk. */
const PAIRS_LIMIT = 40_000;

/** Where two lists differ, in order, so that as many items as can be stay in their place. */
export function hunksOf<T>(before: readonly T[], after: readonly T[], isSame: (a: T, b: T) => boolean): readonly Hunk[] {
  const same = (i: number, j: number): boolean => isSame(before[i] as T, after[j] as T); // both within bounds below
  let start = 0;
  while (start < before.length && start < after.length && same(start, start)) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && same(endBefore - 1, endAfter - 1)) {
    endBefore--;
    endAfter--;
  }
  const [rows, columns] = [endBefore - start, endAfter - start];
  if (rows === 0 && columns === 0) return [];
  if (rows === 0 || columns === 0 || rows * columns > PAIRS_LIMIT) {
    return [{ from: start, fromCount: rows, to: start, toCount: columns }];
  }
  return betweenPairs(
    commonPairs(rows, columns, (i, j) => same(start + i, start + j)),
    rows,
    columns,
    start,
  );
}

/** The pairs of a longest common subsequence, in order. */
function commonPairs(rows: number, columns: number, same: (i: number, j: number) => boolean): readonly (readonly [number, number])[] {
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const equal = new Uint8Array(rows * columns);
  const length = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const isEqual = same(i, j);
      equal[i * columns + j] = Number(isEqual);
      lengths[i * width + j] = isEqual ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < rows && j < columns; ) {
    if (equal[i * columns + j] === 1) pairs.push([i++, j++]);
    else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

function betweenPairs(pairs: readonly (readonly [number, number])[], rows: number, columns: number, start: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [row, column] = [0, 0];
  for (const [i, j] of [...pairs, [rows, columns] as const]) {
    if (i > row || j > column) hunks.push({ from: start + row, fromCount: i - row, to: start + column, toCount: j - column });
    [row, column] = [i + 1, j + 1];
  }
  return hunks;
}

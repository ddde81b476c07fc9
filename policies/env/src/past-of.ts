import type { History, PastText } from '@plumbline/core';

const DAY = 86_400;

/** A history for tests: commits, the newest first, one a day before 2026-06-30, each with the files that it changed. */
export function past(commits: readonly Readonly<Record<string, string>>[], incomplete?: string): History {
  const texts = commits.flatMap((files, commit): PastText[] =>
    Object.entries(files).map(([path, text]) => ({ path, commit, time: Date.UTC(2026, 5, 30) / 1000 - commit * DAY, text })),
  );
  return {
    textsOf(paths) {
      const found = texts.filter(({ path }) => paths.some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one)));
      return incomplete === undefined ? { texts: found } : { texts: found, incomplete };
    },
  };
}

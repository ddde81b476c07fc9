import { differences } from './shop-findings.mjs';

/** At most this share of the error findings that somebody has judged may be false. */
export const MAX_FALSE = 0.05;

/**
 * Holds the error findings of each repository against the checked-in list `{repo, rule, file, line, judged}`: those that
 * nobody has judged yet, those that are listed and did not come up, and how many of the others were judged false.
 */
export function compareWithList(list, errorsOf) {
  const fresh = [];
  const gone = [];
  let found = 0;
  for (const repo of [...new Set([...errorsOf.keys(), ...list.map((entry) => entry.repo)])].sort()) {
    const errors = errorsOf.get(repo) ?? [];
    const { missing, extra } = differences(
      list.filter((entry) => entry.repo === repo),
      errors,
    );
    found += errors.length;
    fresh.push(...extra.map((line) => `${repo} ${line}`));
    gone.push(...missing.map((line) => `${repo} ${line}`));
  }
  const left = [...gone];
  const stillThere = list.filter(({ repo, rule, file, line }) => {
    const at = left.indexOf(`${repo} ${rule} ${file}:${line}`);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const wrong = stillThere.filter(({ judged }) => judged === false).length;
  const share = stillThere.length === 0 ? 0 : wrong / stillThere.length;
  return { found, fresh, gone, judged: stillThere.length, wrong, share, isGood: fresh.length === 0 && share <= MAX_FALSE };
}

import { readFileSync } from 'node:fs';
import type { Ignore } from 'ignore';

/** The ignore files that count in one folder: its own and those of the folders above, up to the root. */
export interface IgnoreRules {
  /** Folder that the patterns are relative to, from the root with a trailing slash; `''` for the root. */
  readonly base: string;
  readonly rules: Ignore;
  readonly above: IgnoreRules | undefined;
}

// As long as a path can be: what is longer matches nothing, and is too long for the library.
const LONGEST_PATTERN = 4096;

/** The rules of `folder` (`''`, `a/`, `a/b/`) with one more ignore file on top; `above` when the file is empty or unreadable. */
export async function addIgnoreFile(above: IgnoreRules | undefined, base: string, path: string): Promise<IgnoreRules | undefined> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return above;
  }
  if (!/^\s*[^#\s]/m.test(text)) return above;
  // Loaded only where a repository ignores something.
  const { default: ignore } = await import('ignore');
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(
    text.length <= LONGEST_PATTERN ? text : text.split('\n').filter((line) => line.length <= LONGEST_PATTERN),
  );
  return { base, rules, above };
}

/** Whether Git ignores the path (folders end in `/`): the deepest file that says something decides, the last pattern in it wins. */
export function isIgnored(rules: IgnoreRules | undefined, path: string): boolean {
  for (let at = rules; at !== undefined; at = at.above) {
    const result = at.rules.test(path.slice(at.base.length));
    if (result.ignored) return true;
    if (result.unignored) return false;
  }
  return false;
}

import type { History, PastText, PastTexts } from '@plumbline/core';
import { isConfigurationPath } from './configuration-path.ts';
import { git } from './git.ts';
import { type Blob, LINK, readBlobs, SUBMODULE } from './git-entries.ts';
import { LeftOutList } from './left-out.ts';

/** So many commits are looked into; a repository that a robot commits to may have a hundred times as many. */
const MAX_COMMITS = 5000;
/** So many texts are read for one question. */
const MAX_TEXTS = 2000;
/** Who asks so often will ask again: the rest is then read at once, as a process for each question would take longer. */
const FEW_QUESTIONS = 3;
/** So many texts are read ahead, the newest. */
const MAX_AHEAD = 20_000;

/** What was committed up to a revision, of the files below `root`. Git is asked when a rule first asks, and once for all of it. */
export function historyOfGit(root: string, revision: string, maxCommits: number = MAX_COMMITS): History {
  let log: Log | undefined;
  const texts = new Map<string, string | undefined>();
  let questions = 0;
  return {
    textsOf(paths) {
      log ??= readLog(root, revision, maxCommits);
      const found = pick(log.changes, paths);
      const tooMany = found.length > MAX_TEXTS;
      const looked = tooMany ? found.slice(0, MAX_TEXTS) : found;
      if (looked.some(({ object }) => !texts.has(object))) {
        questions++;
        readTexts(root, looked, texts);
        if (questions === FEW_QUESTIONS)
          readTexts(root, log.changes.filter(({ path, object }) => object !== '' && isConfigurationPath(path)).slice(0, MAX_AHEAD), texts);
      }
      const past = looked.flatMap(({ path, object, commit, time }): PastText[] => {
        const text = texts.get(object);
        return text === undefined ? [] : [{ path, commit, time, text }];
      });
      const isMissing = past.length < looked.length;
      const incomplete =
        log.incomplete ??
        (isMissing
          ? 'texts of the history are not in this clone, or too large'
          : tooMany
            ? `the files were changed more than ${MAX_TEXTS} times`
            : undefined);
      return incomplete === undefined ? { texts: past } : { texts: past, incomplete };
    },
  } satisfies { textsOf(paths: readonly string[]): PastTexts };
}

/** What a partial clone lacks is not fetched. */
const LOCALLY = ['-c', 'protocol.allow=never'];

interface PastChange extends Blob {
  readonly commit: number;
  readonly time: number;
  /** What the file was called before this commit. */
  readonly from: string | undefined;
}

interface Log {
  readonly changes: readonly PastChange[];
  readonly incomplete?: string;
}

const NO_LOG: Log = { changes: [], incomplete: 'there is no history of Git to look into' };

function readLog(root: string, revision: string, maxCommits: number): Log {
  const where = git(root, ['rev-parse', '--is-shallow-repository', '--show-prefix']);
  if (typeof where === 'string') return NO_LOG;
  const [isShallow = '', prefix = ''] = where.toString('utf8').split('\n');
  // Of a merge, what none of its parents has; of renames no more than can be told quickly.
  const shape = ['--raw', '-z', '-c', '-l400', '--no-abbrev', '--root', '--no-relative', '--no-show-signature', '--format=@%ct'];
  const log = (renames: string): Buffer | string =>
    git(root, [...LOCALLY, 'log', `--max-count=${maxCommits + 1}`, ...shape, renames, '--end-of-options', revision, '--']);
  const all = log('-M');
  // A partial clone has not the texts by which renames are told.
  const printed = typeof all === 'string' ? log('--no-renames') : all;
  if (typeof printed === 'string') return NO_LOG;
  const { changes, commits } = parseLog(printed.toString('utf8'), prefix, maxCommits);
  if (isShallow === 'true')
    return {
      changes,
      incomplete: 'the clone is shallow, and its history ends before: git fetch --unshallow, or fetch-depth: 0 of actions/checkout',
    };
  return commits > maxCommits ? { changes, incomplete: `the history has more than ${maxCommits} commits` } : { changes };
}

/** NUL-separated: `@SECONDS` of each commit, then for each change its modes, objects and status, and one path, or two where it was renamed. */
function parseLog(text: string, prefix: string, maxCommits: number): { readonly changes: PastChange[]; readonly commits: number } {
  const parts = text.split('\0');
  const changes: PastChange[] = [];
  let commits = 0;
  let time = 0;
  for (let index = 0; index < parts.length; index++) {
    const part = (parts[index] ?? '').trimStart();
    if (part.startsWith('@')) {
      commits++;
      time = Number(part.slice(1));
    } else if (part.startsWith(':')) {
      const parents = /^:+/.exec(part)?.[0].length ?? 1;
      const fields = part.slice(parents).split(' ');
      const status = fields.at(-1) ?? '';
      const isMoved = parents === 1 && /^[RC]/.test(status);
      const first = parts[++index] ?? '';
      const path = isMoved ? (parts[++index] ?? '') : first;
      const mode = fields[parents] ?? '';
      // A link or a submodule has no text; a file that went away has none any more.
      if (commits > maxCommits || mode === LINK || mode === SUBMODULE || !path.startsWith(prefix)) continue;
      changes.push({
        path: path.slice(prefix.length),
        object: /^0+$/.test(mode) ? '' : (fields[2 * parents + 1] ?? ''),
        commit: commits - 1,
        time,
        from: isMoved && first.startsWith(prefix) ? first.slice(prefix.length) : undefined,
      });
    }
  }
  return { changes, commits };
}

/** The changes of some files, followed back through renames. */
function pick(changes: readonly PastChange[], paths: readonly string[]): readonly PastChange[] {
  const wanted = new Set(paths);
  const folders = paths.filter((path) => path.endsWith('/'));
  const found: PastChange[] = [];
  for (const change of changes) {
    if (!wanted.has(change.path) && !folders.some((folder) => change.path.startsWith(folder))) continue;
    if (change.from !== undefined) wanted.add(change.from);
    if (change.object !== '') found.push(change);
  }
  return found;
}

/** Reads those texts that are not known yet. What is no text, or larger than any configuration, is none. */
function readTexts(root: string, changes: readonly PastChange[], texts: Map<string, string | undefined>): void {
  const objects = new Set(changes.map(({ object }) => object).filter((object) => !texts.has(object)));
  if (objects.size === 0) return;
  for (const object of objects) texts.set(object, undefined);
  const ask = (args: readonly string[], input: string): Buffer => {
    const printed = git(root, [...LOCALLY, ...args], input);
    return typeof printed === 'string' ? Buffer.alloc(0) : printed;
  };
  const files = readBlobs(
    ask,
    [...objects].map((object) => ({ path: object, object })),
    new LeftOutList(),
  );
  for (const { path, bytes } of files) texts.set(path, new TextDecoder().decode(bytes));
}

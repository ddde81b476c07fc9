/** Gives whether a CODEOWNERS file names an owner of a file, by its path from the repository's root. */
export type HasOwner = (path: string) => boolean;

/**
 * As GitHub reads it: the last line that matches counts, and one without owners takes them away. Patterns are those of .gitignore
 * without `!`, `[ ]` and `\#`; `folder/*` means what is right in the folder. https://docs.github.com/articles/about-code-owners
 */
export function githubOwners(text: string): HasOwner {
  const lines = linesOf(text).flatMap((line) => {
    const [pattern = '', ...words] = splitWords(line.replace(/(^|\s)#.*$/, ''));
    return pattern === '' || /^!|[[\]]/.test(pattern) ? [] : [{ steps: githubSteps(pattern), isOwned: words.some(isOwner) }];
  });
  return (path) => {
    const steps = path.split('/');
    return lines.findLast((line) => matchesSteps(line.steps, steps))?.isOwned === true;
  };
}

/**
 * As GitLab reads it: each section by itself, the last line of it that matches counts, and takes the owners of its heading where it
 * names none; `!` takes a path out of the section for good. A pattern is a shell pattern of the whole path, from any folder
 * unless it begins with `/`, and means a folder only where it ends with `/`. https://docs.gitlab.com/user/project/codeowners/reference/
 */
export function gitlabOwners(text: string): HasOwner {
  const sections = new Map<string, GitlabEntry[]>([['', []]]);
  let section = '';
  let hasDefault = false;
  for (const line of linesOf(text)) {
    if (line.startsWith('#')) continue;
    const heading = /^\^?\[([^\]]+)\](?:\[\d*\])?(.*)$/.exec(line);
    if (heading !== null) {
      section = (heading[1] ?? '').toLowerCase();
      hasDefault = splitWords(heading[2] ?? '').some(isOwner);
      if (!sections.has(section)) sections.set(section, []);
      continue;
    }
    const [pattern = '', ...words] = splitWords(line);
    const isExclusion = pattern.startsWith('!');
    sections.get(section)?.push({
      steps: gitlabSteps((isExclusion ? pattern.slice(1) : pattern).replace(/^\\#/, '#')),
      isOwned: words.some(isOwner) || (words.length === 0 && hasDefault),
      isExclusion,
    });
  }
  return (path) => {
    const steps = path.split('/');
    return [...sections.values()].some((entries) => {
      const matching = entries.filter((entry) => matchesSteps(entry.steps, steps));
      return matching.every(({ isExclusion }) => !isExclusion) && matching.at(-1)?.isOwned === true;
    });
  };
}

interface GitlabEntry {
  readonly steps: readonly string[];
  readonly isOwned: boolean;
  readonly isExclusion: boolean;
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Words between blanks; a blank after a backslash belongs to the word. */
function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:\\\s|\S)+/g)].map(([word]) => word.replace(/\\(?=\s)/g, ''));
}

function isOwner(word: string): boolean {
  return /^@@?[\w.-]+(?:\/[\w./-]+)?$|^[^@\s]+@[^@\s]+$/.test(word);
}

/** The steps of a pattern, `**` for any number of them. */
function githubSteps(pattern: string): readonly string[] {
  const plain = pattern.replace(/^\/|\/$/g, '');
  const steps = plain.split('/');
  const isAnchored = pattern.startsWith('/') || steps.length > 1;
  // What names a folder means all in it, but for a last `*` below a folder.
  const isOfOneFolder = steps.at(-1) === '*' && steps.length > 1 && !pattern.endsWith('/');
  return [...(isAnchored ? [] : ['**']), ...steps, ...(isOfOneFolder ? [] : pattern.endsWith('/') ? ['**', '*'] : ['**'])];
}

function gitlabSteps(pattern: string): readonly string[] {
  const whole = pattern === '*' ? '/**/*' : pattern.startsWith('/') ? pattern : `/**/${pattern}`;
  const steps = (whole.endsWith('/') ? `${whole}**/*` : whole).slice(1).split('/');
  // Two stars at the end are one: only `**/` goes down.
  return steps.map((step, index) => (step === '**' && index === steps.length - 1 ? '*' : step));
}

/** Whether steps of a pattern match all steps of a path: in time that is their product, whatever the pattern is. */
function matchesSteps(pattern: readonly string[], path: readonly string[]): boolean {
  // Which beginnings of the path the pattern so far may stand for, by their length.
  let reached = new Set([0]);
  for (const step of pattern) {
    const next = new Set<number>();
    if (step === '**') {
      const first = Math.min(...reached);
      for (let length = first; length <= path.length; length++) next.add(length);
    } else {
      for (const length of reached) if (length < path.length && matchesText(step, path[length] ?? '')) next.add(length + 1);
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

/** Whether `*` for any text and `?` for a character make a text of a pattern. */
function matchesText(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let mark = 0;
  let index = 0;
  while (at < text.length) {
    const want = pattern[index];
    if (want === '*') {
      star = index++;
      mark = at;
    } else if (want !== undefined && (want === '?' || want === text[at])) {
      index++;
      at++;
    } else if (star >= 0) {
      index = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[index] === '*') index++;
  return index === pattern.length;
}

import { type DiffOptions, HIDDEN, unifiedDiff } from './unified-diff.ts';

/** One file before and after; undefined where it is not there. `path` is relative to the repository. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The change of one file as `git apply` takes it; `''` where nothing changes, `hidden` where it cannot be shown. */
export function gitPatch({ path, before, after }: FileChange, options: DiffOptions = {}): string | typeof HIDDEN {
  if (before === after) return '';
  const hunks = unifiedDiff(before ?? '', after ?? '', options);
  if (hunks === HIDDEN) return HIDDEN;
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const mode = before === undefined ? 'new file mode 100644\n' : after === undefined ? 'deleted file mode 100644\n' : '';
  const head = `diff --git ${from} ${to}\n${mode}`;
  if (hunks === '') return head;
  return `${head}--- ${before === undefined ? '/dev/null' : ended(from)}\n+++ ${after === undefined ? '/dev/null' : ended(to)}\n${hunks}`;
}

/** A name with a blank ends in a tab, so that readers know where it ends. */
function ended(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

/** As Git writes names: in quotes, by bytes in octal, where they hold what is no plain letter. */
function quoted(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
  if (!/["\\\u0000-\u001f\u007f-\uffff]/.test(name)) return name;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
  return `"${name.replace(/["\\\u0000-\u001f\u007f]|[\u0080-\uffff]+/g, (text) => ESCAPES[text] ?? octal(text))}"`;
}

function octal(text: string): string {
  // encodeURIComponent gives the bytes of UTF-8; a lone surrogate it refuses, and no file's name holds one.
  return encodeURIComponent(text).replace(/%[\dA-F]{2}|./g, (byte) => {
    const code = byte.length === 1 ? byte.charCodeAt(0) : Number.parseInt(byte.slice(1), 16);
    return `\\${code.toString(8).padStart(3, '0')}`;
  });
}

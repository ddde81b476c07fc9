import { folderOf, nameOf } from './paths.ts';

/** What a text says of files: paths that end like a manifest, as far as they are written in one piece, and folders that are read as a whole. */
interface Said {
  /** `extra.yaml`, and `app/extra.yaml` where the step before it is written too. */
  readonly files: ReadonlySet<string>;
  /** Names that no folder is written before. */
  readonly bare: ReadonlySet<string>;
  readonly folders: readonly Whole[];
  /** Whether a word stands in the text by itself. */
  has(word: string): boolean;
}

/** All files of a folder: `kubectl apply -f PATH`, `PATH/*.yaml`. */
interface Whole {
  /** Steps from wherever the speaker begins; `''` for where it stands. */
  readonly path: string;
  readonly isRecursive: boolean;
}

/** Files that texts are searched for: whoever names one, or reads its folder as a whole, knows of it. */
export class Mentions {
  /** By the part of the name that a text surely has in one piece. */
  readonly #waiting = new Map<string, Set<string>>();
  readonly #isAlone: (name: string) => boolean;

  /** `isAlone`: whether no other file has the name. */
  constructor(paths: Iterable<string>, isAlone: (name: string) => boolean) {
    this.#isAlone = isAlone;
    for (const path of paths) {
      const key = tailOf(nameOf(path));
      const same = this.#waiting.get(key);
      if (same === undefined) this.#waiting.set(key, new Set([path]));
      else same.add(path);
    }
  }

  get isDone(): boolean {
    return this.#waiting.size === 0;
  }

  /** The files that no text named. */
  get left(): readonly string[] {
    return [...this.#waiting.values()].flatMap((paths) => [...paths]);
  }

  /** `isExact`: the text gives paths from its own folder, and needs no context to be understood: a kustomization. */
  hear(speaker: string, text: string, isExact: boolean): void {
    const said = readText(text);
    for (const file of said.files) {
      for (const path of this.#waiting.get(file) ?? [])
        if (path !== speaker && this.#isMeant(path, speaker, said, isExact)) this.#drop(path);
    }
    if (said.folders.length === 0) return;
    for (const path of this.left) if (said.folders.some((whole) => isIn(folderOf(path), whole, speaker))) this.#drop(path);
  }

  /** Many folders have a `deployment.yaml`: the text lies beside the file, or says the folder too, or there is no other of the name. */
  #isMeant(path: string, speaker: string, said: Said, isExact: boolean): boolean {
    const [folder, name] = [folderOf(path), nameOf(path)];
    if (folderOf(speaker) === folder || said.files.has(`${nameOf(folder)}/${tailOf(name)}`)) return true;
    if (!/^(?:[a-z]+|[a-z]+-[a-z]+)\.ya?ml$/.test(name)) return true;
    return !isExact && (this.#isAlone(name) || (said.bare.has(tailOf(name)) && (folder === '' || said.has(nameOf(folder)))));
  }

  #drop(path: string): void {
    const key = tailOf(nameOf(path));
    const same = this.#waiting.get(key);
    same?.delete(path);
    if (same?.size === 0) this.#waiting.delete(key);
  }
}

function readText(text: string): Said {
  const files = new Set<string>();
  const named = new Set<string>();
  for (const { 0: ending, index } of text.matchAll(/\.(?:ya?ml|json)(?![\w-])/g)) {
    const name = textBefore(text, index) + ending;
    const start = index + ending.length - name.length;
    files.add(name);
    const step = text[start - 1] === '/' ? textBefore(text, start - 1) : '';
    files.add(`${step}/${name}`);
    if (/^\.*$/.test(step)) named.add(name);
  }
  let words: ReadonlySet<string> | undefined;
  return {
    files,
    bare: named,
    folders: wholesIn(text),
    has(word) {
      words ??= new Set(text.split(/[^\w.@-]+/));
      return words.has(word);
    },
  };
}

/** More than a text has in earnest. */
const MOST_FOLDERS = 500;

function wholesIn(text: string): readonly Whole[] {
  const found = new Map<string, Whole>();
  for (const { index, 1: written = '' } of text.matchAll(/(?:-f|--filename)[ =]{1,4}([^\s`;|&)]{1,500})/g)) {
    if (found.size >= MOST_FOLDERS) break;
    const path = written.replace(/["']/g, '');
    if (!/\.(?:ya?ml|json)$/.test(path)) found.set(path, { path: bare(path), isRecursive: /-R|--recursive/.test(lineAt(text, index)) });
  }
  for (const { index } of text.matchAll(/\/\*(?=[\w.*-]{0,99}\.(?:ya?ml|json))/g)) {
    if (found.size >= MOST_FOLDERS) break;
    const path = textBefore(text, index);
    if (path !== '' && !/^\.+$/.test(path)) found.set(path, { path, isRecursive: false });
  }
  return [...found.values()];
}

function lineAt(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(text.lastIndexOf('\n', index) + 1, end < 0 ? undefined : end);
}

/** A path without what only whoever runs it knows: `$DIR/app/` and `../../app` are `app`. */
function bare(path: string): string {
  const steps = path.split('/').filter((step) => step !== '');
  return steps.slice(steps.findLastIndex((step) => /^\.{1,2}$|[${}]/.test(step)) + 1).join('/');
}

function isIn(folder: string, { path, isRecursive }: Whole, speaker: string): boolean {
  const own = folderOf(speaker);
  if (path === '') return folder === own || (isRecursive && (own === '' || folder.startsWith(`${own}/`)));
  return isRecursive ? `/${folder}/`.includes(`/${path}/`) : `/${folder}`.endsWith(`/${path}`);
}

const LONGEST = 255;

/** The name that ends before a place of a text, as far as it has the characters of names. */
function textBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < LONGEST && /[\w.@-]/.test(text[start - 1] ?? '')) start--;
  return text.slice(start, end);
}

/** The end of a name that a text has in one piece: names may have blanks. */
function tailOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return textBefore(name, dot) + name.slice(dot);
}

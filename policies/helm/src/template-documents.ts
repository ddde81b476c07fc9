import { type Chart, isPartial } from '@plumbline/charts';

/** One document of a template, as far as its text tells without rendering it. Lines count from 1. */
export interface TemplateDocument {
  readonly file: string;
  /** Of its first line. */
  readonly line: number;
  readonly lines: readonly string[];
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

/** The documents of a chart's templates, but for those that hold named templates. */
export function documentsOf({ templates }: Chart): readonly TemplateDocument[] {
  return templates
    .filter(({ path }) => /\.ya?ml$/.test(path) && !isPartial(path))
    .flatMap(({ path, text }) => {
      const documents: TemplateDocument[] = [];
      let first = 0;
      const lines = text.split(/\r?\n/);
      for (let at = 0; at <= lines.length; at++) {
        if (at < lines.length && !/^---(?:\s|$)/.test(lines[at] ?? '')) continue;
        documents.push(documentOf(path, first, lines.slice(first, at)));
        first = at + 1;
      }
      return documents;
    });
}

function documentOf(file: string, first: number, lines: readonly string[]): TemplateDocument {
  return { file, line: first + 1, lines, apiVersion: plainValue(lines, 'apiVersion'), kind: plainValue(lines, 'kind') };
}

/** The value of a top-level key that stands there once, literally. */
function plainValue(lines: readonly string[], key: string): string | undefined {
  const found = lines.filter((line) => line.startsWith(`${key}:`));
  const value = found.length === 1 ? /^\w+:\s*["']?([\w./-]+)["']?\s*(?:#.*)?$/.exec(found[0] ?? '')?.[1] : undefined;
  return value;
}

/** The lines right below a top-level key, with their number. */
export function linesBelow({ lines, line }: TemplateDocument, key: string): readonly { readonly text: string; readonly line: number }[] {
  const start = lines.findIndex((text) => new RegExp(`^${key}:\\s*(?:#.*)?$`).test(text));
  if (start < 0) return [];
  const found: { text: string; line: number }[] = [];
  for (let at = start + 1; at < lines.length; at++) {
    const text = lines[at] ?? '';
    if (/^[^\s#{]/.test(text)) break;
    found.push({ text, line: line + at });
  }
  return found;
}

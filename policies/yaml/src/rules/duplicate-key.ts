import {
  type Document,
  type FileProblem,
  type FileRule,
  type FindingClass,
  isSecretText,
  type ParsedFile,
  type ReadProblem,
} from '@plumbline/core';
import { isFlawless, NOTHING } from '../flawless.ts';
import { isKubernetesObject } from '../kubernetes-object.ts';
import { lineRange, linesOf, textIn } from '../text-lines.ts';

export const rule: FileRule = {
  id: 'yaml/duplicate-key',
  title: 'A mapping has each key once',
  why: 'YAML allows a key once. An API server with strict field validation refuses the object; other readers keep one of the two values without a word, often not the one that was meant.',
  remedy: 'Keep one of the two and join their contents. Where a whole second object begins, put a line "---" in front of it.',
  severity: 'error',
  class: 'quality',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  labels:\n    app: shop\n    tier: web\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  labels:\n    app: shop\n  labels:\n    tier: web\n',
  },
  link: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  kinds: ['any/File'],
  checkFile: (file) => (isFlawless(file) ? NOTHING : judge(file)),
};

function* judge(file: ParsedFile): Iterable<FileProblem> {
  if (file.role === 'helm-template') return;
  for (const document of file.documents) {
    const repeats = document.problems.filter(({ code }) => code === 'duplicate-key');
    if (repeats.length === 0) continue;
    const verdict = verdictOf(file, document);
    const joined = joinedObjects(file, document, repeats);
    if (joined !== undefined) yield { ...joined, document, ...verdict };
    for (const { range, message } of repeats) {
      if (joined !== undefined && range.column === 1) continue;
      yield { document, range, message: isSecretText(document.text) ? withPlainKey(message) : message, ...verdict };
    }
  }
}

/** In a message about a Secret every quoted text is masked; these names of fields are no secret, and the message is about them. */
function withPlainKey(message: string): string {
  return message.replace(/"(apiVersion|kind|metadata|name|namespace|labels|annotations|type|data|stringData|immutable)"/, '$1');
}

/** Who refuses it: a real API server the objects it is sent, GitHub a workflow. Everybody else keeps the last value. */
function verdictOf(file: ParsedFile, document: Document): { class: FindingClass; severity: 'error' | 'warning' } {
  if (file.role === 'manifest' && isKubernetesObject(document)) return { class: 'refusal', severity: 'error' };
  if (file.role.startsWith('github/')) return { class: 'broken', severity: 'error' };
  return { class: 'quality', severity: 'warning' };
}

/** One problem for two objects without a `---` between them, in place of one for each of their keys. */
function joinedObjects(file: ParsedFile, document: Document, repeats: readonly ReadProblem[]): FileProblem | undefined {
  const lines = linesOf(file.text);
  const top = repeats.filter(({ range }) => range.column === 1);
  const keys = top.map(({ range }) => textIn(lines, range).replace(/^["']|["']?\s*:?$/g, ''));
  const first = top[0];
  if (first === undefined || !keys.includes('apiVersion') || !keys.includes('kind') || !isKubernetesObject(document)) return undefined;
  const at = lineRange(first.range.line - 1, 0, 0);
  return {
    range: first.range,
    message: `a second object begins here without a line "---": ${[...new Set(keys)].map((key) => `"${key}"`).join(', ')} are set again`,
    fix: { title: 'put "---" in front of the second object', safe: false, edits: [{ ...at, newText: '---\n' }] },
  };
}

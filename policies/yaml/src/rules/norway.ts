import {
  type Document,
  type FileProblem,
  type FileRule,
  isArray,
  isObject,
  type JsonValue,
  member,
  type ParsedFile,
  parseGvk,
  type RuleContext,
} from '@plumbline/core';
import { NOTHING } from '../flawless.ts';
import { isKubernetesObject } from '../kubernetes-object.ts';
import { COUNTRY, EXPONENT, hintsIn, LAST_ZERO, LEADING_ZERO, MODE_NUMBER, WORD_KEY } from '../number-hints.ts';
import { linesOf, textIn } from '../text-lines.ts';

export const rule: FileRule = {
  id: 'yaml/norway',
  title: 'A value that YAML reads otherwise than it looks is quoted',
  why: 'YAML turns some unquoted texts into something else without a word: the key on: becomes "true", the version 1.20 the number 1.2, the mode 400 a decimal number, the country NO false.',
  remedy: 'Put the text between quotes; write file modes in octal with a leading zero (0400).',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: switches\ndata:\n  "on": "lights"\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: switches\ndata:\n  on: "lights"\n',
  },
  link: 'https://yaml.org/type/bool.html',
  kinds: ['any/File'],
  checkFile(file, context) {
    if (file.role === 'helm-template') return NOTHING;
    const hints = hintsIn(file.file.bytes);
    if (hints === 0) return NOTHING;
    const suspects = file.documents.filter((document) => document.value !== undefined && isSuspect(document.text, hints));
    return suspects.length === 0 ? NOTHING : judge(suspects, file, context);
  },
};

function* judge(suspects: readonly Document[], file: ParsedFile, context: RuleContext): Iterable<FileProblem> {
  const lines = linesOf(file.text);
  for (const document of suspects) {
    if (document.value === undefined) continue;
    const place = placeOf(file, document, context);
    yield* walk(document.value, [], { document, lines, place, isJson: file.file.path.endsWith('.json') });
  }
}

type Path = readonly (string | number)[];
/** `builtin`: a schema gives every field a type, so a wrong one is refused anyway; `custom`: fields of any type; `other`: not an object of Kubernetes. */
type Place = 'builtin' | 'custom' | 'other';
interface Site {
  readonly document: Document;
  readonly lines: readonly string[];
  readonly place: Place;
  readonly isJson: boolean;
}

/** What each hint means, seen from the text. */
const PATTERNS: readonly (readonly [hint: number, pattern: RegExp])[] = [
  [WORD_KEY, /[\s{,](?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)[ \t]*:/],
  [LEADING_ZERO, /[:\-,[][ \t]+0\d+[ \t]*(?:$|[,\]}#])/m],
  [COUNTRY, /(?:^[ \t]*- +|[[,][ \t]*)(?:NO|ON)[ \t]*(?:$|[,\]#])/m],
  [LAST_ZERO, /(?:version|tag|release)s?[ \t]*:[ \t]*(?:\[[^\]\n]*)?\d+\.\d*0\b|versions?[ \t]*:[ \t]*\n[ \t]*- +\d+\.\d/i],
  [EXPONENT, /(?:tag|sha|commit|revision|version|digest|hash)[ \t]*:[ \t]*\d+e\d+/i],
  [MODE_NUMBER, /mode:[ \t]+(?:400|440|444|500)\b/i],
];

/** Without a match no document is walked. The hints, found in one quick look, spare nearly all texts the patterns. */
function isSuspect(text: string, hints: number): boolean {
  return PATTERNS.some(([hint, pattern]) => (hints & hint) !== 0 && pattern.test(text));
}

function placeOf(file: ParsedFile, document: Document, context: RuleContext): Place {
  if (/^(?:kustomize-input|kustomize\/|helm\/Values)/.test(file.role)) return 'custom';
  const apiVersion = member(document.value, 'apiVersion');
  if (typeof apiVersion !== 'string' || !isKubernetesObject(document)) return 'other';
  return context.kinds.isBuiltinGroup(parseGvk(apiVersion, '').group) ? 'builtin' : 'custom';
}

function* walk(value: JsonValue, path: Path, site: Site): Iterable<FileProblem> {
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (item === false || item === true) yield* country(value, [...path, index], site);
      else yield* walk(item, [...path, index], site);
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key];
      if (key === 'true' || key === 'false') yield* booleanKey(key, at, site);
      yield* walk(item, at, site);
    }
  } else if (typeof value === 'number') yield* oddNumber(value, path, site);
}

/** Kubernetes reads the keys `on`, `yes`, `y` as the boolean and writes that as "true". */
function* booleanKey(key: string, path: Path, { document, lines, place }: Site): Iterable<FileProblem> {
  if (place === 'other') return;
  const range = document.rangeOf(path, 'key');
  const raw = textIn(lines, range);
  if (!/^(?:y|n|yes|no|on|off)$/i.test(raw)) return;
  yield { document, range, message: `the key "${raw}" is read as "${key}"`, fix: quote(raw, range, true) };
}

/** `[DE, NO, SE]`: false among texts of two capital letters is a country or a province. */
function* country(list: readonly JsonValue[], path: Path, { document, lines }: Site): Iterable<FileProblem> {
  const others = list.filter((item) => typeof item !== 'boolean');
  if (others.length === 0 || !others.every((item) => typeof item === 'string' && /^[A-Z]{2}$/.test(item))) return;
  const range = document.rangeOf(path);
  const raw = textIn(lines, range);
  if (raw !== 'NO' && raw !== 'ON') return;
  yield { document, range, message: `"${raw}" is read as ${raw === 'ON'}`, fix: quote(raw, range, true) };
}

function* oddNumber(value: number, path: Path, site: Site): Iterable<FileProblem> {
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  const { document, lines, place } = site;
  const range = document.rangeOf(path);
  const raw = textIn(lines, range);
  if (/^0\d+$/.test(raw)) {
    // A file mode is written so on purpose, and text in a map of texts is refused under another name.
    if (place === 'other' || /mode|umask|perm/i.test(key) || isTextMap(path, place)) return;
    // A field with a type of its own takes a number: 08 is 8 there, as it looks; 010 is 8 as well.
    if (place === 'builtin' && Number(raw) === value) return;
    const fix = place === 'builtin' ? {} : { fix: quote(raw, range, false) };
    yield { document, range, message: `the value "${raw}" is read as the number ${value}`, ...fix };
  } else if (place === 'builtin') {
    if (/^(?:default)?mode$/i.test(key) && /^(?:400|440|444|500)$/.test(raw)) {
      const fix = { title: `write the mode as 0${raw}`, safe: true, edits: [{ ...range, newText: `0${raw}` }] };
      yield {
        document,
        range,
        message: `the mode ${raw} is decimal, which is 0${value.toString(8)} in octal`,
        ...(site.isJson ? {} : { fix }),
      };
    }
  } else if (/^\d+\.\d*0$/.test(raw) && /(?:version|tag|release)s?$/i.test(key)) {
    // Elsewhere `version: 1.0` is mostly the version of the file's own format, and its reader knows.
    if (place === 'other' && raw.endsWith('.0')) return;
    if (path[0] === 'metadata') return;
    yield {
      document,
      range,
      message: `the ${key} "${raw}" is read as the number ${value}`,
      fix: quote(raw, range, path.includes('values')),
    };
  } else if (/^\d+e\d+$/i.test(raw) && /(?:tag|sha|commit|revision|version|digest|hash)$/i.test(key)) {
    yield { document, range, message: `the ${key} "${raw}" is read as the number ${value}`, fix: quote(raw, range, true) };
  }
}

/** Maps whose values are texts by type: the API server refuses a number there. */
function isTextMap(path: Path, place: Place): boolean {
  if (path[0] === 'metadata') return true;
  return (
    place === 'builtin' &&
    (path[0] === 'data' ||
      path[0] === 'stringData' ||
      path.includes('env') ||
      path.some((step) => /^(?:labels|annotations|matchLabels|nodeSelector|selector)$/.test(String(step))))
  );
}

function quote(raw: string, range: FileProblem['range'] & object, safe: boolean) {
  return { title: `quote "${raw}"`, safe, edits: [{ ...range, newText: `"${raw}"` }] };
}

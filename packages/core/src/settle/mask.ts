import { isArray, isObject, type JsonObject, type JsonValue, member } from '../values/json.ts';
import { closest } from '../values/similar.ts';

/** Gives each secret value its stand-in, `<secret N>`: equal values get the same N, in order of first appearance. */
export interface SecretMask {
  standIn(value: string): string;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export function createSecretMask(): SecretMask {
  const numbers = new Map<string, number>();
  return {
    standIn(value) {
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(value, number);
      }
      return `<secret ${number}>`;
    },
  };
}

// Kept beside the report and not in it: a report may be printed or cloned by whoever holds it.
const masks = new WeakMap<object, SecretMask>();

/** The numbers that the messages of this report already use, so that a reporter goes on with the same ones. */
export function secretMaskOf(report: object): SecretMask {
  let mask = masks.get(report);
  if (mask === undefined) {
    mask = createSecretMask();
    masks.set(report, mask);
  }
  return mask;
}

export function setSecretMask(report: object, mask: SecretMask): void {
  masks.set(report, mask);
}

/** The values that a Secret keeps: those under data and stringData, and the copy of itself that kubectl leaves in an annotation. */
export function secretValues(secret: JsonObject): string[] {
  const values = new Set<string>();
  const collect = (value: JsonValue | undefined): void => {
    if (isArray(value)) for (const item of value) collect(item);
    else if (isObject(value)) for (const key of Object.keys(value)) collect(value[key]);
    else if (value !== undefined && value !== null && value !== '') values.add(String(value));
  };
  collect(member(secret, 'data'));
  collect(member(secret, 'stringData'));
  collect(member(member(member(secret, 'metadata'), 'annotations'), LAST_APPLIED));
  // A longer value first: one that contains another is masked whole.
  return [...values].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

// Asked again and again of the same text, one finding after the other.
let lastText = '';
let lastAnswer = false;

const DECLARES = /(?:^|[\s{,"'])kind["']?\s*:\s*(?:[|>][-+\d]*\s+|[!&]\S*\s+)*["']?secrets?(?:list)?["']?\s*(?:$|[#,}\s])/im;
const HOLDS = /(?:^|[\s{,"'])(?:stringData["']?\s*:|type["']?\s*:\s*["']?(?:Opaque|kubernetes\.io\/[a-z-]+)["']?\s*(?:$|[#,}\s]))/m;

/** Whether the text of a document declares a Secret, or holds what only a Secret has, the kind misspelt or left out; told by its lines, so also where it cannot be parsed. */
export function isSecretText(text: string): boolean {
  if (text === lastText) return lastAnswer;
  lastText = text;
  lastAnswer = DECLARES.test(text) || HOLDS.test(text);
  return lastAnswer;
}

/** Whether a kind is Secret, or was probably meant to be: `secret`, `Secert`, `SecretList`. */
export function isSecretKind(kind: string): boolean {
  return kind === 'Secret' || (/^.ec/i.test(kind) && closest(kind, ['Secret', 'SecretList']) !== undefined);
}

/** `text` with each of `values` (longer ones first) replaced by its stand-in, where it stands as a word of its own or is long enough to be known anywhere. */
export function maskValues(text: string, values: readonly string[], mask: SecretMask): string {
  const present = values.filter((value) => text.includes(value));
  if (present.length === 0) return text;
  // One pass over all: a stand-in is not masked again.
  const pattern = present.map((value) => (value.length < 6 ? `(?<![\\w<])${escapePattern(value)}(?!\\w)` : escapePattern(value))).join('|');
  return text.replace(new RegExp(pattern, 'g'), (value) => mask.standIn(value));
}

/** `text` with every quoted stretch replaced: for a Secret that could not be read, where the values are not known. */
export function maskQuoted(text: string, mask: SecretMask): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"/g, (_whole, value: string) => `"${mask.standIn(value)}"`);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** A finding's message without secret values: `object` is what it is about (a Secret, or a List that holds some), `documentText` the text it was read from. */
export function maskMessage(message: string, object: JsonObject | undefined, documentText: string, mask: SecretMask): string {
  if (object !== undefined) {
    const values = valuesIn(object);
    if (values.length === 0) return message;
    return values.length <= MANY ? maskValues(message, values, mask) : maskWords(message, values, mask);
  }
  return message.includes('"') && isSecretText(documentText) ? maskQuoted(message, mask) : message;
}

const MANY = 500;
const NONE: readonly string[] = [];
const known = new WeakMap<JsonObject, readonly string[]>();
const knownSets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The values of the Secrets in an object; found once, however many findings it has. */
function valuesIn(object: JsonObject): readonly string[] {
  if (!isSecretObject(object) && !isArray(member(object, 'items'))) return NONE;
  let values = known.get(object);
  if (values === undefined) {
    values = [...new Set(secretsIn(object).flatMap(secretValues))].sort((a, b) => b.length - a.length);
    known.set(object, values);
  }
  return values;
}

/** For a Secret of very many values: whatever is quoted is masked, and every word that is one of them. */
function maskWords(text: string, values: readonly string[], mask: SecretMask): string {
  let set = knownSets.get(values);
  if (set === undefined) {
    set = new Set(values);
    knownSets.set(values, set);
  }
  const all = set;
  return text.replace(/"((?:[^"\\]|\\.)*)"|[^\s",]+/g, (word: string, quoted: string | undefined) =>
    quoted !== undefined ? `"${mask.standIn(quoted)}"` : all.has(word) ? mask.standIn(word) : word,
  );
}

function secretsIn(object: JsonObject, depth = 0): readonly JsonObject[] {
  const items = member(object, 'items');
  if (!isArray(items)) return isSecretObject(object) ? [object] : [];
  if (depth >= 10) return [];
  const objects = items.filter(isObject);
  // The items of a typed list may leave out their kind.
  return member(object, 'kind') === 'SecretList' ? objects : objects.flatMap((item) => secretsIn(item, depth + 1));
}

function isSecretObject(object: JsonObject): boolean {
  const kind = member(object, 'kind');
  return (typeof kind === 'string' && isSecretKind(kind)) || Object.hasOwn(object, 'stringData');
}

import { isArray, isEqual, isObject, type JsonObject, type JsonValue, member, setMember } from '@plumbline/core';
import { MergeError } from '@plumbline/merge';

// How the API server applies the JSON patches of mutating policies: by the library that it uses (gopkg.in/evanphx/json-patch.v4), which
// goes further than RFC 6902. `replace` makes a member that is not there, indexes count from the end below 0, and a copy of nothing is null.

/** Undefined where a `test` found something else: the patch is then not applied. Throws `no-such-path` and `invalid-patch` with the server's words. */
export function patchAsServer(object: JsonObject, operations: readonly JsonValue[]): JsonObject | undefined {
  const draft = copyOf(object);
  for (const operation of operations) {
    if (!applied(draft, isObject(operation) ? operation : {})) return undefined;
  }
  return isObject(draft) ? draft : object;
}

type Draft = JsonValue[] | Record<string, JsonValue>;

/** Gives false where a test fails. */
function applied(draft: JsonValue, { op, path, from, value = null }: JsonObject): boolean {
  const to = textOf(path);
  const of = textOf(from);
  switch (op) {
    case 'add':
      add(
        placeOf(draft, to) ?? missing(`add operation does not apply: doc is missing path: "${to}"`),
        value,
        `error in add for path: '${to}'`,
      );
      return true;
    case 'remove':
      remove(
        placeOf(draft, to) ?? missing(`remove operation does not apply: doc is missing path: "${to}"`),
        `error in remove for path: '${to}'`,
      );
      return true;
    case 'replace': {
      const place = placeOf(draft, to) ?? missing(`replace operation does not apply: doc is missing path: ${to}`);
      if (isArray(place.container) && typeof indexIn(place, place.container.length - 1) !== 'number')
        missing(`replace operation does not apply: doc is missing key: ${to}`);
      set(place, value);
      return true;
    }
    case 'move': {
      const source = placeOf(draft, of) ?? missing(`move operation does not apply: doc is missing from path: ${of}`);
      const moved = get(source, `error in move for path: '${source.key}'`);
      remove(source, `error in move for path: '${source.key}'`);
      const target = placeOf(draft, to) ?? missing(`move operation does not apply: doc is missing destination path: ${to}`);
      add(target, moved, `error in move for path: '${to}'`);
      return true;
    }
    case 'copy': {
      const source = placeOf(draft, of) ?? missing(`copy operation does not apply: doc is missing from path: ${of}`);
      const copied = get(source, `error in copy for from: '${of}'`);
      const target = placeOf(draft, to) ?? missing(`copy operation does not apply: doc is missing destination path: ${to}`);
      add(target, copyOf(copied), 'error while adding value during copy');
      return true;
    }
    case 'test':
      return isEqual(
        get(placeOf(draft, to) ?? missing(`test operation does not apply: is missing path: ${to}`), `error in test for path: '${to}'`),
        value,
      );
    default:
      throw new MergeError('invalid-patch', `Unexpected kind: ${textOf(op)}`);
  }
}

interface Place {
  readonly container: Draft;
  readonly key: string;
}

/** What holds the last step of a path, which need not be there itself. */
function placeOf(draft: JsonValue, path: string): Place | undefined {
  const [, ...steps] = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = steps.pop();
  let container = draftOf(draft);
  for (const step of steps) {
    if (container === undefined) return undefined;
    if (isArray(container)) {
      const index = indexIn({ container, key: step }, container.length - 1);
      container = typeof index === 'number' ? draftOf(container[index]) : undefined;
    } else container = draftOf(member(container, step));
  }
  return key === undefined || container === undefined ? undefined : { container, key };
}

/** All of the copy is ours to change. */
function draftOf(value: JsonValue | undefined): Draft | undefined {
  return typeof value === 'object' && value !== null ? (value as Draft) : undefined;
}

/** The index that a key names, of 0 to `last`; else why it names none. */
function indexIn({ container, key }: Place, last: number): number | string {
  if (!/^[-+]?\d+$/.test(key)) return `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;
  const index = Number(key);
  const length = isArray(container) ? last + 1 : 0;
  const real = index < 0 ? index + length : index;
  return real < 0 || real > last ? `Unable to access invalid index: ${index}: invalid index referenced` : real;
}

/** What is there; a member that is not is null. */
function get(place: Place, doing: string): JsonValue {
  const { container, key } = place;
  if (!isArray(container)) return member(container, key) ?? null;
  const index = indexIn(place, container.length - 1);
  return typeof index === 'number' ? (container[index] ?? null) : missingAs(`${doing}: ${index}`);
}

function set(place: Place, value: JsonValue): void {
  const { container, key } = place;
  if (!isArray(container)) {
    setMember(container, key, value);
    return;
  }
  const index = indexIn(place, container.length - 1);
  if (typeof index === 'number') container[index] = value;
}

function add(place: Place, value: JsonValue, doing: string): void {
  const { container, key } = place;
  if (!isArray(container)) {
    setMember(container, key, value);
    return;
  }
  const index = key === '-' ? container.length : indexIn(place, container.length);
  if (typeof index === 'number') container.splice(index, 0, value);
  else missingAs(`${doing}: ${index.startsWith('strconv') ? `value was not a proper array index: '${key}': ` : ''}${index}`);
}

function remove(place: Place, doing: string): void {
  const { container, key } = place;
  if (!isArray(container)) {
    if (!Object.hasOwn(container, key)) missingAs(`${doing}: Unable to remove nonexistent key: ${key}: missing value`);
    delete container[key];
    return;
  }
  const index = indexIn(place, container.length - 1);
  if (typeof index === 'number') container.splice(index, 1);
  else missingAs(`${doing}: ${index}`);
}

function missing(what: string): never {
  return missingAs(`${what}: missing value`);
}

function missingAs(what: string): never {
  throw new MergeError('no-such-path', what);
}

function copyOf(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) setMember(copy, key, copyOf(value[key] ?? null));
  return copy;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

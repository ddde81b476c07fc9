import { addTo } from '../values/add-to.ts';
import { isArray, isObject, type JsonValue, member, valueAt } from '../values/json.ts';
import type { Build } from './builds.ts';
import type { Classification } from './classify.ts';
import { folderOf, resolvePath } from './repository-path.ts';
import type { Unit } from './unit.ts';

/** A ConfigMap or Secret as somebody writes it or has it generated. */
interface Holder {
  /** The file that it is written in. */
  readonly file: string;
  readonly unit: Unit;
  readonly namespace: string | undefined;
  /** What it is made of, `file` among it. */
  readonly madeOf: readonly string[];
}

/**
 * Tells whether a build takes variables or values from a ConfigMap or Secret that one of the judged files makes. Only the one of
 * that name that goes where the build goes is meant; where none does, a single one anywhere.
 */
export function namedInputs(classification: Classification, judged: ReadonlySet<string>): (build: Build) => boolean {
  let holders: ReadonlyMap<string, readonly Holder[]> | undefined;
  let places: Places | undefined;
  return (build) => {
    const names = namesIn(build);
    if (names.length === 0) return false;
    holders ??= holdersOf(classification);
    const namespace = build.deployer === undefined ? undefined : namespaceOf(build.deployer.document.value);
    for (const name of names) {
      const named = (holders.get(name) ?? []).filter(
        (holder) => namespace === undefined || holder.namespace === undefined || holder.namespace === namespace,
      );
      if (!named.some(({ madeOf }) => madeOf.some((path) => judged.has(path)))) continue;
      places ??= new Places(classification);
      const here = places;
      const near = named.filter((holder) => here.isNear(holder, build.unit));
      const meant = near.length === 0 && named.length === 1 ? named : near;
      if (meant.some(({ madeOf }) => madeOf.some((path) => judged.has(path)))) return true;
    }
    return false;
  };
}

/** `ConfigMap\nvars` of what the object that applies a build takes variables or values from, as it is written. */
function namesIn({ deployer }: Build): readonly string[] {
  if (deployer === undefined) return [];
  const { value } = deployer.document;
  return [valueAt(value, ['spec', 'postBuild', 'substituteFrom']), valueAt(value, ['spec', 'valuesFrom'])].flatMap((entries) =>
    isArray(entries) ? entries.flatMap((entry) => keyOf(member(entry, 'kind'), member(entry, 'name')) ?? []) : [],
  );
}

function keyOf(kind: JsonValue | undefined, name: JsonValue | undefined): string | undefined {
  return (kind === 'ConfigMap' || kind === 'Secret') && typeof name === 'string' ? `${kind}\n${name}` : undefined;
}

function namespaceOf(object: JsonValue | undefined): string | undefined {
  const namespace = valueAt(object, ['metadata', 'namespace']);
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
}

function holdersOf({ files, around }: Classification): ReadonlyMap<string, readonly Holder[]> {
  const found = new Map<string, Holder[]>();
  const put = (key: string | undefined, holder: Holder): void => {
    if (key === undefined) return;
    addTo(found, key, holder);
  };
  for (const { file, role, documents, unit } of [...files, ...around]) {
    if (role !== 'manifest' && role !== 'kustomize/Kustomization') continue;
    const { path } = file;
    for (const { value } of documents) {
      for (const object of isList(value) ? value.items : [value])
        put(keyOf(member(object, 'kind'), valueAt(object, ['metadata', 'name'])), {
          file: path,
          unit,
          namespace: namespaceOf(object),
          madeOf: [path],
        });
      if (role !== 'kustomize/Kustomization') continue;
      for (const [list, kind] of GENERATORS) {
        const generators = member(value, list);
        for (const generator of isArray(generators) ? generators : []) {
          // Its namespace hangs on the kustomizations that include it.
          const holder = { file: path, unit, namespace: undefined, madeOf: [path, ...filesOf(generator, folderOf(path))] };
          put(keyOf(kind, member(generator, 'name')), holder);
        }
      }
    }
  }
  return found;
}

const GENERATORS = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

function isList(value: JsonValue | undefined): value is { readonly items: readonly JsonValue[] } {
  return isObject(value) && isArray(value.items);
}

/** The files that a generator of a kustomization reads: `files` may say under which key. */
function filesOf(generator: JsonValue, folder: string): readonly string[] {
  const texts = [member(generator, 'files'), member(generator, 'envs'), [member(generator, 'env') ?? null]].flatMap((list) =>
    isArray(list) ? list.filter((each) => typeof each === 'string') : [],
  );
  return texts.flatMap((text) => resolvePath(folder, text.slice(text.indexOf('=') + 1)) ?? []);
}

/** What goes where a unit goes. */
class Places {
  readonly #units = new Map<Unit, ReadonlySet<Unit>>();
  readonly #builders = new Map<string, Unit[]>();

  constructor({ groups, builds }: Classification) {
    for (const { units, shared } of groups) {
      const place = new Set([...units, ...shared]);
      for (const unit of units) this.#units.set(unit, place);
    }
    for (const { unit, reaches } of builds)
      for (const path of reaches) {
        addTo(this.#builders, path, unit);
      }
  }

  /** Whether the file of a holder, or a build that it goes into, goes where a unit goes. */
  isNear({ file, unit }: Holder, other: Unit): boolean {
    const place = this.#units.get(other) ?? new Set([other]);
    return place.has(unit) || (this.#builders.get(file) ?? []).some((builder) => place.has(builder));
  }
}

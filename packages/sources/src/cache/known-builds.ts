import {
  type BuildNote,
  type BuildRequest,
  type BuildResult,
  type BuiltObject,
  type EntryEffect,
  type Expander,
  type FieldPath,
  homePath,
  type InputReader,
  identityOf,
  type JsonObject,
  type KnownIdentity,
  type OpenChanges,
  type Place,
  type Renamed,
} from '@plumbline/core';
import { plainText } from './plain-text.ts';
import type { Store } from './store.ts';
import { createTrace, holds, type Trace } from './trace.ts';

/** What comes before the objects of a build, which are a line each. */
interface Head {
  readonly trace: Trace;
  readonly notBuilt?: string;
  readonly inputs?: readonly string[];
  readonly notes?: readonly BuildNote[];
  readonly open?: OpenChanges;
  readonly effects?: readonly EntryEffect[];
  readonly renamed?: readonly Renamed[];
  /** Of each object. */
  readonly identities?: readonly KnownIdentity[];
  /** What is not known of each object; left out where all are known. */
  readonly unknown?: readonly (OpenChanges | null)[];
}

/**
 * Builds only what the store does not have, or has of other files. A known build is done after all when somebody asks where one of its fields
 * was written.
 */
export function knownBuilds(expander: Expander, store: Store): Expander {
  const { examine } = expander;
  const made = new Set<string>();
  return {
    ...(examine === undefined ? {} : { examine }),
    build(request, inputs): BuildResult {
      const key = `build ${expander.name ?? request.kind} ${request.versions.join()} ${request.folder}${keyOfDeployer(request)}`;
      // As it is, and as it was: whoever judges a change asks for both.
      const older = `${key} before`;
      for (const text of [store.get(key), store.get(older)]) {
        const known = text === undefined ? undefined : recall(text, request, inputs, () => expander.build(request, inputs));
        if (known !== undefined) return known;
      }
      const tracing = createTrace(request, inputs);
      const result = expander.build(tracing.request, tracing.inputs);
      // What is wrong with a build is said at places in its files, and seldom stays.
      if ('problems' in result || ('forNow' in result && result.forNow)) return result;
      if (made.has(key)) store.put(older, () => textOf(result, tracing.trace));
      else {
        const before = store.get(key);
        if (before !== undefined) store.put(older, () => before);
        store.put(key, () => textOf(result, tracing.trace));
        made.add(key);
      }
      return result;
    },
  };
}

/** The same folder may be applied by several objects. */
function keyOfDeployer({ deployer }: BuildRequest): string {
  return deployer === undefined ? '' : ` ${deployer.file} ${deployer.label} ${deployer.source.join('.')}`;
}

function textOf(result: Exclude<BuildResult, { problems: unknown }>, trace: () => Trace | undefined): string | undefined {
  const identities: KnownIdentity[] = [];
  const unknown: (OpenChanges | null)[] = [];
  const lines: string[] = [];
  if ('objects' in result) {
    for (const built of result.objects) {
      const line = plainText(built.object);
      const identity = identityOf(built.object);
      if (line === undefined || identity === undefined) return undefined;
      lines.push(line);
      identities.push({ ...identity, home: built.locate(homePath(built.object)) });
      unknown.push(built.open ?? null);
    }
  }
  // To ask where objects stand may have asked more of the files.
  const asked = trace();
  if (asked === undefined) return undefined;
  const head: Head =
    'notBuilt' in result
      ? { trace: asked, notBuilt: result.notBuilt }
      : { ...withoutObjects(result), trace: asked, identities, ...(unknown.some((open) => open !== null) ? { unknown } : {}) };
  return [JSON.stringify(head), ...lines].join('\n');
}

function withoutObjects({ objects: _objects, ...rest }: Extract<BuildResult, { objects: unknown }>): Omit<Head, 'trace'> {
  return rest;
}

function recall(text: string, request: BuildRequest, inputs: InputReader, build: () => BuildResult): BuildResult | undefined {
  const [first = '', ...lines] = text.split('\n');
  const { trace, notBuilt, identities = [], unknown, inputs: read = [], ...rest } = JSON.parse(first) as Head; // as textOf wrote it
  if (!holds(trace, request, inputs)) return undefined;
  if (notBuilt !== undefined) return { notBuilt };
  let built: readonly BuiltObject[] | undefined;
  const building = (index: number): BuiltObject => {
    if (built === undefined) {
      const result = build();
      built = 'objects' in result ? result.objects : [];
    }
    const object = built[index];
    if (object === undefined) throw new Error('the cache has a build that its files do not give; run with --no-cache');
    return object;
  };
  return {
    objects: identities.map(
      (known, index): BuiltObject => new KnownObject(lines[index] ?? '', known, unknown?.[index] ?? undefined, () => building(index)),
    ),
    inputs: read,
    ...rest,
  };
}

class KnownObject implements BuiltObject {
  readonly known: KnownIdentity;
  readonly open?: OpenChanges;
  readonly #line: string;
  readonly #building: () => BuiltObject;
  #object: JsonObject | undefined;

  constructor(line: string, known: KnownIdentity, open: OpenChanges | undefined, building: () => BuiltObject) {
    this.#line = line;
    this.known = known;
    if (open !== undefined) this.open = open;
    this.#building = building;
  }

  get object(): JsonObject {
    this.#object ??= JSON.parse(this.#line) as JsonObject; // as plainText wrote it
    return this.#object;
  }

  locate(path: FieldPath, part?: 'key' | 'value'): Place {
    return this.#building().locate(path, part);
  }
}

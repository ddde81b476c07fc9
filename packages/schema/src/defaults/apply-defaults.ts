import { type GroupVersionKind, isEqual, type JsonObject, type Resource, toPointer, valueAt } from '@plumbline/core';
import { type CrdIndex, createCrdIndex } from '../crd-index.ts';
import { minorOf, type SchemaSet } from '../schema-set.ts';
import type { Type } from '../type.ts';
import { CORE } from './core.ts';
import { fillCustom } from './custom.ts';
import type { Defaulters } from './defaulter.ts';
import { copyOfObject, type Draft } from './draft.ts';
import { literalDefaulters } from './literals.ts';
import { OTHERS } from './others.ts';
import { POD } from './pod.ts';
import { type Rewrite, rewritesOf, walk } from './rewrites.ts';
import { CONVERSIONS } from './stored.ts';
import { decode, encode, fill, type Watch } from './typed.ts';
import { WORKLOADS } from './workloads.ts';

/** What an API server makes of an object by itself. Pure: no input is edited. An object of an unknown kind comes back as it is. */
export interface Defaults {
  /** The object as it is after decoding and defaulting, before admission: what the server allocates or sets on create is not in it. */
  applyDefaults(object: JsonObject, version: string): JsonObject;
  /** The same after conversion and preparation too: what a read gives back, but for what is allocated. Custom resources are not pruned. */
  asStored(object: JsonObject, version: string): JsonObject;
  /** Each field that `asStored` does not keep as it was written, with the server behaviour that it mirrors. */
  rewritesOf(object: JsonObject, version: string): readonly Rewrite[];
}

/** `definitions`: the CustomResourceDefinitions in sight. */
export function createDefaults(schemas: SchemaSet, definitions: readonly Resource[] = []): Defaults {
  let crds: CrdIndex | undefined;
  const schemaOf = ({ group, version, kind }: GroupVersionKind): JsonObject | undefined => {
    crds ??= createCrdIndex(definitions);
    return crds.kindOf(group, kind)?.versions.get(version)?.schema;
  };
  const typeFor = ({ group, version, kind }: GroupVersionKind, minor: number): Type | undefined => {
    const builtin = schemas.kindOf(group, version, kind);
    const line = builtin === undefined ? -1 : schemas.lineOf(builtin, minor);
    return line < 0 ? undefined : schemas.typeAt(line);
  };
  const make = (object: JsonObject, version: string, isStored: boolean, watch?: Watch): { result: JsonObject; rest: string } => {
    const gvk = gvkIn(object);
    const minor = minorOf(version);
    const type = typeFor(gvk, minor);
    if (type !== undefined) {
      const draft = decode(object, type);
      fill(draft, type, [], { defaulters: defaulters(), minor, watch });
      if (isStored) convert(draft, gvk, minor, watch);
      encode(draft, type, isStored);
      return { result: draft, rest: 'encoding' };
    }
    const schema = schemaOf(gvk);
    if (schema === undefined) return { result: object, rest: '' };
    const draft = copyOfObject(object);
    fillCustom(draft, schema);
    return { result: draft, rest: 'schema default' };
  };
  return {
    applyDefaults: (object, version) => make(object, version, false).result,
    asStored: (object, version) => make(object, version, true).result,
    rewritesOf(object, version) {
      const makers = new Map<string, string>();
      const { result, rest } = make(object, version, true, (by, draft, path, change) => {
        const before = copyOfObject(draft);
        change();
        if (!isEqual(before, draft)) walk(before, draft, path, (where) => makers.set(toPointer(where), by));
      });
      return rewritesOf(object, result, makers, rest);
    },
  };
}

let all: Defaulters | undefined;

/** By type: the literals of a type come after its function, as they come in the server's. */
function defaulters(): Defaulters {
  if (all !== undefined) return all;
  const merged: Record<string, Defaulters[string]> = {};
  for (const table of [POD, CORE, WORKLOADS, OTHERS, literalDefaulters()])
    for (const [name, own] of Object.entries(table)) merged[name] = [...(merged[name] ?? []), ...own];
  all = merged;
  return all;
}

function convert(draft: Draft, { group, kind }: GroupVersionKind, minor: number, watch: Watch | undefined): void {
  for (const { by, of, run } of CONVERSIONS) {
    if (of !== undefined && of !== `${group}/${kind}`) continue;
    if (watch === undefined) run(draft, minor);
    else watch(by, draft, [], () => run(draft, minor));
  }
}

function gvkIn(object: JsonObject): GroupVersionKind {
  const apiVersion = valueAt(object, ['apiVersion']);
  const kind = valueAt(object, ['kind']);
  const [first = '', second] = typeof apiVersion === 'string' ? apiVersion.split('/') : [];
  return { group: second === undefined ? '' : first, version: second ?? first, kind: typeof kind === 'string' ? kind : '' };
}

import { GeneratedApplication } from '../classify/application-set.ts';
import type { Build } from '../classify/builds.ts';
import { locate, type PlacedDeployer } from '../classify/place-deployers.ts';
import type { Document } from '../read/document.ts';
import type { Resource } from '../read/resource.ts';
import { addTo } from '../values/add-to.ts';
import { isObject, type JsonObject, type JsonValue, member, valueAt } from '../values/json.ts';
import { plainKey } from '../values/plain-key.ts';
import type { BuiltUnit } from './expand.ts';
import type { ApplyingObject, InputReader } from './expander.ts';

/** How the object that applies a build is itself applied; or why that is not known. */
export type Applying = ApplyingObject | { readonly unknown: string };

/** What finding it needs of the other builds. */
export interface OtherBuilds {
  /** Builds that may hold the objects of a file, but for those that only list files. */
  holding(file: string): readonly Build[];
  /** What came of a build, which is done now if it was not; undefined where it gave no objects. */
  result(build: Build): BuiltUnit | undefined;
}

/**
 * The object that applies a build, as it is applied itself: where a kustomization holds it, as that builds it, for one may patch all
 * Flux Kustomizations of a cluster.
 */
export function applyingObject(build: Build, placed: PlacedDeployer, inputs: InputReader, others: OtherBuilds): Applying {
  const holding = others.holding(placed.file).filter((other) => other !== build);
  const forms: Resource[] = [];
  const set = placed.document instanceof GeneratedApplication ? placed.document.set : undefined;
  for (const other of holding) {
    const result = others.result(other);
    if (result === undefined) return { unknown: `what is done to ${placed.label} before it is applied is not known` };
    if (set !== undefined) {
      // A patch of the ApplicationSet changes what it makes.
      const form = writtenAt(result, set, placed.file)[0];
      if (form === undefined || plainKey(form.object.spec ?? null) !== plainKey(member(set.value, 'spec') ?? null)) {
        return { unknown: `what is done to the ApplicationSet of ${placed.label} before it is applied is not worked out` };
      }
      continue;
    }
    const found = writtenAt(result, placed.document, placed.file).find(({ gvk }) => placed.label.startsWith(`${gvk.kind} `));
    if (found !== undefined) forms.push(found);
  }
  const [first, ...rest] = forms;
  if (holding.length > 0 && first === undefined && set === undefined) return { unknown: `no build that includes ${placed.label} gives it` };
  if (rest.some((form) => plainKey(form.object) !== plainKey(first?.object ?? null))) {
    return { unknown: `several builds make ${placed.label} each in their own way` };
  }
  const applying = first === undefined ? asWritten(placed, inputs) : asBuilt(first, placed, inputs);
  return appliesSame(applying.object, placed) ? applying : { unknown: `${placed.label} applies another folder once it is built itself` };
}

/** The objects of a build whose kind is written where that of the document is, in the build's order. */
function writtenAt({ resources }: BuiltUnit, document: Document, file: string): readonly Resource[] {
  let places = known.get(resources);
  if (places === undefined) {
    places = new Map();
    for (const resource of resources) {
      const at = resource.locate?.(['kind']);
      if (at === undefined) continue;
      const key = placeKey(at.file, at.line);
      addTo(places, key, resource);
    }
    known.set(resources, places);
  }
  return places.get(placeKey(file, document.rangeOf(['kind']).line)) ?? [];
}

/** Objects by where their kinds are written. Many deployers ask about one build. */
const known = new WeakMap<readonly Resource[], Map<string, Resource[]>>();

function placeKey(file: string, line: number): string {
  return `${line} ${file}`;
}

/** Whether the fields that say what is applied are still those that were read. */
function appliesSame(object: JsonObject, { deployer, document }: PlacedDeployer): boolean {
  const of = (value: JsonValue | undefined, name: string): string => plainKey(valueAt(value, [...deployer.source, name]) ?? null);
  return ['path', 'sourceRef', 'repoURL', 'chart'].every((name) => of(object, name) === of(document.value, name));
}

function asWritten({ deployer, document, label, file }: PlacedDeployer, inputs: InputReader): ApplyingObject {
  return {
    label,
    file,
    object: isObject(document.value) ? document.value : {},
    source: deployer.source,
    locate: (path, part) => ({ ...document.rangeOf(path, part), file, chain: [] }),
    folderOf: folderFinder(file, inputs),
  };
}

function asBuilt(resource: Resource, { deployer, label, file, document }: PlacedDeployer, inputs: InputReader): ApplyingObject {
  return {
    label,
    file,
    object: resource.object,
    source: deployer.source,
    locate: (path, part) => resource.locate?.(path, part) ?? { ...document.rangeOf(path, part), file, chain: [] },
    folderOf: folderFinder(file, inputs),
  };
}

function folderFinder(file: string, inputs: InputReader): ApplyingObject['folderOf'] {
  return (path) => locate(path, file, { has: (folder) => inputs.isFolder(folder) });
}

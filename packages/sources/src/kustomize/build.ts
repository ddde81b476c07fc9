import type { EntryEffect, FieldPath, JsonObject, Origin, Range, Renamed, SourceFile } from '@plumbline/core';
import { isObject } from '@plumbline/core';
import type { Shared } from './accumulator.ts';
import { finishAnnotations } from './build-metadata.ts';
import { examine } from './examine.ts';
import { addHashes } from './hash.ts';
import { type Kustomization, settingsOf } from './kustomization.ts';
import { addEntries } from './labels.ts';
import { type BuildOptions, type FileReader, Loader, Session } from './loader.ts';
import type { History, Mark, Role } from './mark.ts';
import { builtinSchema } from './merge-schema.ts';
import { fixNameReferences } from './name-references.ts';
import { fields, type Node } from './node.ts';
import { documentSchemas } from './openapi.ts';
import { BuildError, type BuildRule, NotBuiltError } from './problem.ts';
import { checkMetadata, MalformedError } from './read-nodes.ts';
import type { Resource } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import { sortResources } from './sort-order.ts';
import { Target } from './target.ts';
import { toJson } from './through-json.ts';
import { resolveVariables } from './variables.ts';

/** The text that a field of a built object stands at, and who wrote it. */
export interface WrittenAt extends Range {
  readonly file: string;
  /** The writers of the value, the last one first; the text itself is one of them. */
  readonly chain: readonly Origin[];
}

export interface BuiltResource {
  readonly object: JsonObject;
  /** Where the field was written. Of what is not there, the key of the deepest mapping on the way that is. */
  locate(path: FieldPath, part?: 'key' | 'value'): WrittenAt;
}

export interface LocatedError {
  /** A resource file is no YAML, which whoever judges the file says too. */
  readonly unreadable?: true;
  readonly rule: BuildRule;
  readonly message: string;
  /** What should probably stand there. */
  readonly instead?: string;
  readonly location: Range & { readonly file: string };
}

export type KustomizeResult =
  | {
      readonly resources: readonly BuiltResource[];
      /** Every file that was read, and what it is to the build. */
      readonly inputs: ReadonlyMap<string, Role>;
      /** What the entries of the kustomizations did. */
      readonly effects: readonly EntryEffect[];
      /** What has another name now than where it was written. */
      readonly renamed: readonly Renamed[];
    }
  | { readonly problems: readonly LocatedError[]; readonly inputs: ReadonlyMap<string, Role> }
  | { readonly notBuilt: string };

/** What a tool that runs kustomize does around it. */
export interface Around {
  /** The kustomization to build, in place of the one that lies in the folder. Throws a BuildError. */
  kustomization?(loader: Loader): Kustomization;
  /** What becomes of the objects that were built. Throws a BuildError. */
  finish?(resources: ResourceMap): void;
}

/** Builds the kustomization of a folder (from the reader's root, '' for the root itself) as `kustomize build` 5.8 does. Never throws for what the files hold. */
export function buildKustomization(folder: string, reader: FileReader, options: BuildOptions = {}, around: Around = {}): KustomizeResult {
  const session = new Session(reader, options);
  try {
    const resources = build(new Loader(session, folder), around);
    const renamed = resources.flatMap(renamedFrom);
    return { resources: resources.map(builtResource), inputs: session.inputs, effects: session.effects, renamed };
  } catch (error) {
    if (error instanceof NotBuiltError) return { notBuilt: error.message };
    if (!(error instanceof BuildError)) throw error;
    return { problems: [locatedError(error, folder)], inputs: session.inputs };
  }
}

/** What is wrong with a kustomization file by itself: all of it, and whether or not anything builds it. */
export function examineKustomization(file: SourceFile, reader: FileReader, options: BuildOptions = {}): readonly LocatedError[] {
  return examine(file, reader, options).map((error) => locatedError(error, ''));
}

function locatedError(error: BuildError, folder: string): LocatedError {
  const { at, rule, message, instead } = error;
  const file = at?.file ?? (folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`);
  const range = at?.range() ?? { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    rule,
    message,
    location: { ...range, file },
    ...(error instanceof MalformedError && at?.role === 'base' ? { unreadable: true as const } : {}),
    ...(instead === undefined ? {} : { instead }),
  };
}

const MANAGED_BY = 'app.kubernetes.io/managed-by';

function build(loader: Loader, around: Around): readonly Resource[] {
  const schemas = new Schemas();
  const given = around.kustomization?.(loader);
  const first = new Target(loader, schemas, undefined, undefined, given);
  const { settings } = first.kustomization;
  const metadata = new Set(settings.texts('buildMetadata').map(({ text }) => text));
  const target = metadata.size === 0 ? first : new Target(loader, schemas, '', undefined, given);
  const accumulator = target.accumulate();
  const { resources, config } = accumulator;
  addHashes(resources.list);
  fixNameReferences(resources.list, config.nameReference);
  resolveVariables(accumulator);
  // Names have changed since: two objects may have come to one id.
  const printed = resources.list.filter(isForTheCluster);
  resources.list = [];
  resources.appendAll(printed);
  sortResources(resources, settings.get('sortOptions'));
  if (metadata.has('managedByLabel')) {
    const at = settings.get('buildMetadata') ?? settings;
    const entry = { key: MANAGED_BY, text: loader.session.options.managedBy ?? 'kustomize-v5.8.2', at };
    addEntries(resources, [entry], [{ group: '', version: '', kind: '', path: 'metadata/labels', create: true }]);
  }
  finishAnnotations(resources.list, metadata, (settings.get('buildMetadata') ?? settings).mark());
  around.finish?.(resources);
  return resources.list;
}

/** An object that is only for tools that read the files is not printed. */
function isForTheCluster(resource: Resource): boolean {
  checkMetadata(resource.node);
  const local = resource.annotations().get('config.kubernetes.io/local-config');
  return local === undefined || local.value === 'false';
}

/** The schemas that merging goes by: the built-in ones, or those of the first kustomization that names a document. */
class Schemas implements Shared {
  private find: Shared['schemaOf'] | undefined;
  private isSet = false;
  private count = 0;

  setSchema(target: Target): void {
    const isFirst = this.count++ === 0;
    const file = target.schemaFile();
    if (this.isSet || file === undefined) return;
    this.isSet = true;
    const own = documentSchemas(settingsOf(file).value);
    // What was read before the document was named has brought the built-in schemas in.
    this.find = isFirst ? own : (apiVersion, kind) => own(apiVersion, kind) ?? builtinSchema(apiVersion, kind);
  }

  readonly schemaOf: Shared['schemaOf'] = (apiVersion, kind) => (this.find ?? builtinSchema)(apiVersion, kind);
}

function renamedFrom(resource: Resource): readonly Renamed[] {
  const { name, previousNames, kind, namespace } = resource;
  const from = [...new Set(previousNames.map((id) => id.name))].filter((before) => before !== name);
  return from.length === 0 ? [] : [{ group: resource.gvk.group, kind, from, to: name, namespace }];
}

function builtResource(resource: Resource): BuiltResource {
  const { node } = resource;
  const value = toJson(node);
  if (!isObject(value)) throw new BuildError('an object is no mapping', node.mark);
  return { object: value, locate: (path, part = 'value') => locate(node, path, part) };
}

function locate(root: Node, path: FieldPath, part: 'key' | 'value'): WrittenAt {
  let node = root;
  let key: Node | undefined;
  for (const step of path) {
    const found = stepInto(node, step);
    if (found === undefined) return writtenAt(key ?? root.content[0] ?? root);
    [key, node] = found;
  }
  return writtenAt(part === 'key' && key !== undefined ? key : node);
}

function stepInto(node: Node, step: string | number): readonly [key: Node, value: Node] | undefined {
  if (node.kind === 'seq') {
    const item = node.content[Number(step)];
    return item === undefined ? undefined : [item, item];
  }
  for (const pair of fields(node)) if (pair[0].value === String(step)) return pair;
  return undefined;
}

function writtenAt({ mark, history }: Node): WrittenAt {
  const chain: Origin[] = [];
  for (let at: History | undefined = history ?? { mark, before: undefined }; at !== undefined; at = at.before) {
    const origin = originOf(at.mark);
    const isNew = !chain.some((each) => each.file === origin.file && each.line === origin.line && each.column === origin.column);
    if (isNew) chain.push(origin);
  }
  return { ...mark.range(), file: mark.file, chain };
}

function originOf(mark: Mark): Origin {
  const { line, column } = mark.range();
  return { file: mark.file, line, column, role: mark.role };
}

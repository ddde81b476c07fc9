import type { FindingClass } from '../check/rule.ts';
import { isPresent, roleOfDocument } from '../classify/document-role.ts';
import { isSopsEncrypted } from '../classify/sops.ts';
import type { FieldPath } from '../values/field-path.ts';
import { parseGvk } from '../values/gvk.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member, setMember } from '../values/json.ts';
import type { Document } from './document.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { Resource } from './resource.ts';

/** What is wrong with a document of a manifest file before any rule can look at an object. */
export interface ExtractProblem {
  readonly rule: string;
  readonly class: FindingClass;
  readonly message: string;
  readonly document: Document;
  readonly path: FieldPath;
  readonly part?: 'key' | 'value';
}

/** What a file holds. `documents` counts what became of each: `empty` and `other` (of no known kind) yield no resource. */
export interface Extraction {
  readonly resources: readonly Resource[];
  readonly problems: readonly ExtractProblem[];
  readonly empty: number;
  readonly other: number;
}

/** The resources of a file: Kubernetes objects (the items of a List each at their own place), or its documents under their pseudo kind. */
export function extract(file: ParsedFile): Extraction {
  const resources: Resource[] = [];
  const problems: ExtractProblem[] = [];
  let empty = 0;
  let other = 0;
  if (!mayHoldObjects(file)) {
    for (const document of file.documents) document.value === null ? empty++ : other++;
    return { resources, problems, empty, other };
  }
  for (const document of file.documents) {
    if (file.role !== 'manifest' && document.isMapping === true) {
      resources.push(pseudoResource(file, document, undefined, file.role));
      continue;
    }
    const value = document.value;
    if (value === null) empty++;
    else if (value === undefined) other++;
    else if (file.role !== 'manifest') {
      if (isObject(value)) resources.push(pseudoResource(file, document, value, file.role));
      else other++;
    } else {
      const before = resources.length + problems.length;
      extractDocument(file, document, value, resources, problems);
      if (resources.length + problems.length === before) other++;
    }
  }
  return { resources, problems, empty, other };
}

/** Whether a file of its role has resources; told without reading it. */
export function mayHoldObjects({ role }: ParsedFile): boolean {
  return role !== 'unknown' && role !== 'kustomize-input' && role !== 'helm-template';
}

function extractDocument(file: ParsedFile, document: Document, value: JsonValue, resources: Resource[], problems: ExtractProblem[]): void {
  if (!isObject(value)) {
    problems.push({
      rule: 'schema/wrong-type',
      class: 'refusal',
      message: `a manifest is a mapping, this document is ${isArray(value) ? 'a list' : 'a single value'}`,
      document,
      path: [],
    });
    return;
  }
  const role = roleOfDocument(value);
  if (role === 'manifest') extractObject(file, document, value, [], resources, problems);
  else if (role.includes('/')) resources.push(pseudoResource(file, document, value, role));
}

function extractObject(
  file: ParsedFile,
  document: Document,
  object: JsonObject,
  root: FieldPath,
  resources: Resource[],
  problems: ExtractProblem[],
): void {
  const apiVersion = member(object, 'apiVersion');
  const kind = member(object, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') {
    typeProblem('apiVersion', apiVersion, document, root, problems);
    typeProblem('kind', kind, document, root, problems);
    return;
  }
  const items = member(object, 'items');
  if (apiVersion === 'v1' && kind === 'List' && !isArray(items)) {
    // A List without items holds nothing.
    if (items !== undefined && items !== null) {
      const message = `"items" is ${article(items)}, a list is needed`;
      problems.push({ rule: 'schema/wrong-type', class: 'refusal', message, document, path: [...root, 'items'], part: 'value' });
    }
    return;
  }
  if (isArray(items) && isListKind(apiVersion, kind, items)) {
    const itemKind = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
    for (const [index, item] of items.entries()) {
      const place = [...root, 'items', index];
      if (isObject(item)) {
        // The items of a typed list may leave out what the list's own kind says.
        const whole = itemKind === undefined ? item : withType(item, apiVersion, itemKind);
        extractObject(file, document, whole, place, resources, problems);
      } else {
        problems.push({
          rule: 'schema/wrong-type',
          class: 'refusal',
          message: `an item of a "${kind}" is ${article(item)}, an object is needed`,
          document,
          path: place,
        });
      }
    }
    return;
  }
  const isEncrypted = root.length === 0 ? isSopsEncrypted(object) : file.encrypted === true;
  const shown = isEncrypted && root.length === 0 ? withoutSops(object) : object;
  const metadata = member(shown, 'metadata');
  const namespace = member(metadata, 'namespace');
  const resource = {
    gvk: parseGvk(apiVersion, kind),
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
    name: nameOf(metadata),
    object: shown,
    document,
    root,
    unit: file.unit,
  };
  resources.push(isEncrypted ? { ...resource, encrypted: true } : resource);
}

function typeProblem(key: string, value: JsonValue | undefined, document: Document, root: FieldPath, problems: ExtractProblem[]): void {
  if (typeof value === 'string' && value !== '') return;
  const isThere = isPresent(value);
  problems.push({
    rule: isThere ? 'schema/wrong-type' : 'schema/missing-required',
    class: 'refusal',
    message: isThere ? `"${key}" is ${article(value)}, a string is needed` : `"${key}" is missing`,
    document,
    path: isThere ? [...root, key] : root,
    part: isThere ? 'value' : 'key',
  });
}

/** `object`: the value of the document; undefined where it is known to be a mapping, and made when somebody asks. */
function pseudoResource(file: ParsedFile, document: Document, object: JsonObject | undefined, role: string): Resource {
  const slash = role.indexOf('/');
  return {
    gvk: { group: role.slice(0, slash), version: '', kind: role.slice(slash + 1) },
    namespace: undefined,
    name: file.file.path,
    get object() {
      return object ?? (document.value as JsonObject); // it is a mapping
    },
    document,
    root: [],
    unit: file.unit,
  };
}

/** `List` of v1, or a kind that ends in `List`, has items and no spec, as the API server's own list kinds. */
function isListKind(apiVersion: string, kind: string, items: readonly JsonValue[]): boolean {
  if (kind === 'List') return apiVersion === 'v1';
  return (
    kind.endsWith('List') && kind.length > 4 && items.every((item) => isPresent(member(item, 'kind')) || isObject(member(item, 'metadata')))
  );
}

function withType(item: JsonObject, apiVersion: string, kind: string): JsonObject {
  if (isPresent(member(item, 'apiVersion')) && isPresent(member(item, 'kind'))) return item;
  const whole: Record<string, JsonValue> = { apiVersion, kind };
  for (const [key, value] of Object.entries(item))
    if (isPresent(value) || (key !== 'apiVersion' && key !== 'kind')) setMember(whole, key, value);
  return whole;
}

function nameOf(metadata: JsonValue | undefined): string {
  const name = member(metadata, 'name');
  if (typeof name === 'string' && name !== '') return name;
  const generated = member(metadata, 'generateName');
  return typeof generated === 'string' ? generated : '';
}

/** An object that SOPS wrote, without what SOPS says of it. */
export function withoutSops(object: JsonObject): JsonObject {
  const rest: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(object)) if (key !== 'sops') setMember(rest, key, value);
  return rest;
}

function article(value: JsonValue | undefined): string {
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'a boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return 'a number';
  return 'a string';
}

import { type Document, isObject, type JsonObject, type JsonValue, member, parse, type SourceFile, stringify } from '@plumbline/core';
import { readFolder } from '@plumbline/sources';
import type { Question } from './ask.ts';

export type Manifest = Question & { readonly name: string; readonly object: JsonObject };

export interface Questions {
  /** One for each manifest, in order of file; `name` is `FILE:LINE`. */
  readonly manifests: readonly Manifest[];
  /** The CustomResourceDefinitions among them, as one file. */
  readonly definitions: readonly SourceFile[];
}

/** The manifests of a folder as they lie there; what is no manifest, and what a template engine fills in, is left out. */
export async function questionsOf(folder: string): Promise<Questions> {
  const { files } = await readFolder(folder);
  const manifests = files.flatMap((file) => parse(file).flatMap((document) => questionOf(file, document)));
  const crds = manifests.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ object }) => stringify(object));
  const definitions = crds.length === 0 ? [] : [{ path: 'definitions.yaml', bytes: new TextEncoder().encode(crds.join('\n---\n')) }];
  return { manifests, definitions };
}

/** The question that an object is, as JSON; undefined where a client would not know whom to ask. */
export function manifestOf(object: JsonObject, name: string): Manifest | undefined {
  const apiVersion = textIn(object, 'apiVersion');
  const kind = textIn(object, 'kind');
  if (apiVersion === '' || kind === '') return undefined;
  return { text: stringify(object), type: 'application/json', apiVersion, kind, namespace: namespaceIn(object), name, object };
}

function questionOf(file: SourceFile, document: Document): readonly Manifest[] {
  const { value } = document;
  if (!isObject(value) || document.text.includes('{{') || document.text.includes('${')) return [];
  const manifest = manifestOf(value, `${file.path}:${document.range.line}`);
  if (manifest === undefined || manifest.kind.endsWith('List') || /^kustomize\.config/.test(manifest.apiVersion)) return [];
  return [{ ...manifest, text: document.text, type: file.path.endsWith('.json') ? 'application/json' : 'application/yaml' }];
}

function namespaceIn(object: JsonObject): string {
  return textIn(member(object, 'metadata'), 'namespace');
}

function textIn(value: JsonValue | undefined, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}

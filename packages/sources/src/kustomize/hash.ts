import type { JsonObject, JsonValue } from '@plumbline/core';
import { isObject, sha256 } from '@plumbline/core';
import { setValue } from './names.ts';
import { field, type Node, touch } from './node.ts';
import { NotBuiltError } from './problem.ts';
import type { Resource } from './resource.ts';
import { goJson, toJson } from './through-json.ts';

/** Gives generated objects the hash of their content as a suffix, so that a change of it is a new object. */
export function addHashes(resources: readonly Resource[]): void {
  for (const resource of resources) {
    if (!resource.needsHash && resource.annotations().get(NEEDS_HASH)?.value !== 'enabled') continue;
    const hash = hashOf(resource);
    resource.storePreviousId();
    const name = field(field(resource.node, 'metadata'), 'name');
    if (name === undefined) continue;
    setValue(name, `${resource.name}-${hash}`);
    const data = field(resource.node, 'data');
    if (data !== undefined) touch(name, data.mark);
  }
}

const NEEDS_HASH = 'internal.config.kubernetes.io/needsHashSuffix';

function hashOf({ node, kind }: Resource): string {
  // Kustomize looks for the name in a field "metadata/name", which is not there.
  const content: Record<string, JsonValue> = { kind, name: '' };
  if (kind === 'ConfigMap') {
    content.data = partOf(node, 'data');
    addMap(content, node, 'binaryData');
  } else if (kind === 'Secret') {
    content.type = partOf(node, 'type');
    content.data = partOf(node, 'data');
    addMap(content, node, 'stringData');
  } else throw new NotBuiltError(`the hash of a ${kind} is not worked out`);
  return encode(sha256(goJson(content)).slice(0, 10));
}

function partOf(node: Node, name: string): JsonValue {
  const part = field(node, name);
  if (part === undefined) return '';
  if (part.kind === 'scalar') return part.value;
  const value: JsonValue = toJson(part);
  return isObject(value) ? (value satisfies JsonObject) : null;
}

function addMap(content: Record<string, JsonValue>, node: Node, name: string): void {
  const value = partOf(node, name);
  if (isObject(value)) content[name] = value;
}

/** No vowels and nothing that looks like them, so that no hash is a word. */
const LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

function encode(hex: string): string {
  return hex.replace(/[013ae]/g, (digit) => LETTERS[digit] ?? digit);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, parse, parseGvk, type Resource } from '@plumbline/core';
import { createDefaults, createSchemaSet, kindTypes } from '@plumbline/schema';
import type { DriftPorts } from '../src/index.ts';

const data = join(import.meta.dirname, '../../../schemas/kubernetes/data');
const schemas = createSchemaSet((name) => readFileSync(join(data, name), 'utf8'));
const defaults = createDefaults(schemas);

/** The built-in kinds of Kubernetes 1.37. */
export const ports: DriftPorts = {
  typeOf: kindTypes(schemas, '1.37'),
  defaulted: (object) => defaults.asStored(object, '1.37'),
  isNamespaced: ({ kind }) => kind !== 'Namespace',
};

/** The objects of a text, each as a resource of one unit. */
export function side(text: string, path = 'apps/all.yaml'): Resource[] {
  const unit = { id: 'apps', kind: 'files', root: 'apps', versions: ['1.37'], state: 'as-applied' } as const;
  return parse({ path, bytes: new TextEncoder().encode(text) }).flatMap((document) => {
    const object = document.value;
    if (!isObject(object) || !isObject(object.metadata)) return [];
    const { name, namespace } = object.metadata;
    const place = typeof namespace === 'string' ? namespace : undefined;
    const gvk = parseGvk(String(object.apiVersion), String(object.kind));
    return [{ gvk, namespace: place, name: String(name), object, document, root: [], unit }];
  });
}

export function object(text: string): JsonObject {
  return side(text)[0]?.object ?? {};
}

/** As a server stores it. */
export function stored(desired: JsonObject): JsonObject {
  const made = ports.defaulted(desired);
  return { ...made, metadata: { ...(isObject(made.metadata) ? made.metadata : {}), uid: 'u' } };
}

/** Whole numbers below a bound, the same for the same seed. */
export function randomFrom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

import { type Document, isObject, member } from '@plumbline/core';

/** Whether the document says itself to be a Kubernetes object: a mapping with apiVersion and kind. */
export function isKubernetesObject(document: Document): boolean {
  const { value } = document;
  if (!isObject(value)) return false;
  return isName(member(value, 'apiVersion')) && isName(member(value, 'kind'));
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

import type { ResourceRef } from '@plumbline/core';
import { printable } from './printable.ts';

/** `Deployment shop/web`; a document that is no Kubernetes object is named by its pseudo kind alone, as its name is the file. */
export function named(resource: ResourceRef): string {
  if (resource.apiVersion === '') return printable(resource.kind);
  const name = resource.namespace === undefined ? resource.name : `${resource.namespace}/${resource.name}`;
  return printable(name === '' ? resource.kind : `${resource.kind} ${name}`);
}

/** `3 files`, `1 file`, `1,234 files`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The field as people write it, from a JSON pointer: `spec.containers[0].image`. */
export function dotted(pointer: string): string {
  if (pointer === '') return '';
  let text = '';
  for (const raw of pointer.slice(1).split('/')) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (/^\d+$/.test(step)) text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return printable(text);
}

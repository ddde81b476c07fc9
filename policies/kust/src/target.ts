import { type JsonValue, member } from '@plumbline/core';

const PARTS = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'];

/** The target of a patch in words: `kind Deployment, name web`. */
export function targetText(target: JsonValue): string {
  const parts = PARTS.flatMap((part) => {
    const value = member(target, part);
    return typeof value === 'string' && value !== '' ? [`${part} ${JSON.stringify(value)}`] : [];
  });
  return parts.length === 0 ? 'it names nothing' : parts.join(', ');
}

/** Whether a target means whatever objects of a kind there are, not one that it names. */
export function isSweeping(target: JsonValue): boolean {
  const name = member(target, 'name');
  return typeof name !== 'string' || /^(?:|.*[*+|()[\]].*)$/.test(name);
}

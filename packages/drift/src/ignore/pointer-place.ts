import type { JsonValue } from '@plumbline/core';
import type { Place, Step } from './place.ts';

/**
 * A JSON pointer with more: `*` is any one step, `**` any number, `app*` a name that starts so, and `[name=web]` the items of a list with
 * that key, `[containerPort=80]` too. The empty one is the whole object. Or what is wrong with it.
 */
export function pointerPlace(pointer: string): Place | { readonly problem: string } {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return noPointer(pointer);
  const steps: Step[] = [];
  // A key in brackets may hold slashes.
  for (const raw of pointer.slice(1).match(/(?:\[[^\]]*\]|[^/[]|\[)+|(?<=^|\/)(?=\/|$)/g) ?? ['']) {
    const step = stepOf(raw);
    if ('problem' in step) return step;
    steps.push(step);
  }
  return steps;
}

/** A pointer of RFC 6901 as it is. */
export function exactPlace(pointer: string): Place | { readonly problem: string } {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return noPointer(pointer);
  return pointer
    .slice(1)
    .split('/')
    .map((raw) => ({ kind: 'name', name: raw.replaceAll('~1', '/').replaceAll('~0', '~') }));
}

function noPointer(pointer: string): { readonly problem: string } {
  return { problem: `"${pointer}" is no pointer: it must start with "/"` };
}

function stepOf(raw: string): Step | { readonly problem: string } {
  if (raw === '*') return { kind: 'any' };
  if (raw === '**') return { kind: 'deep' };
  const where = /^\[([^=\]]+)=([^\]]*)\]$/.exec(raw);
  if (where !== null) return { kind: 'where', path: [where[1] ?? ''], value: scalarOf(where[2] ?? '') };
  if (/~(?![01])/.test(raw)) return { problem: `"${raw}": "~" stands only in "~0" and "~1"` };
  const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
  return name.includes('*') ? { kind: 'glob', matches: globOf(name) } : { kind: 'name', name };
}

/** `80` is a number, `"80"` text, and so is what is neither a number nor true or false. */
export function scalarOf(text: string): JsonValue {
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  const quoted = /^(["'])(.*)\1$/.exec(text);
  return quoted === null ? text : (quoted[2] ?? '');
}

/** `*` is any run of characters; there are no other signs. */
export function globOf(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  const [head = '', ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === head;
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
    let at = head.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - tail.length;
  };
}

import type { SourceFile } from '@plumbline/core';
import { writtenText } from './loader.ts';
import type { Role } from './mark.ts';
import type { Node } from './node.ts';
import { readObjects } from './read-nodes.ts';
import { Resource } from './resource.ts';

const read = new Map<Role, WeakMap<SourceFile, readonly Node[]>>();

/** The objects of a file, fresh ones at each call. Many builds read the same bases, so what was read is kept. Throws a BuildError. */
export function objectsOf(file: SourceFile, role: Role): Resource[] {
  let known = read.get(role);
  if (known === undefined) {
    known = new WeakMap();
    read.set(role, known);
  }
  let nodes = known.get(file);
  if (nodes === undefined) {
    nodes = readObjects(writtenText(file, role));
    known.set(file, nodes);
  }
  return nodes.map((node) => new Resource(node.copy()));
}

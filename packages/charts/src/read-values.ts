import type { TemplateReads, ValueRead } from './template-reads.ts';

/** Which values of a chart anything reads. */
export interface KnownReads {
  /** Whether something reads the value at a path below `.Values`, or a part of it, or all of what it is in. */
  isRead(path: readonly (string | number)[]): boolean;
  /** The keys that are read in the mapping at a path: what a key that nobody reads may be a slip for. */
  keysAt(path: readonly (string | number)[]): readonly string[];
}

interface ReadNode {
  isWhole: boolean;
  readonly children: Map<string, ReadNode>;
}

/** `more`: paths that are read by others: conditions of dependencies, subcharts. */
export function knownReads(reads: TemplateReads, more: readonly Pick<ValueRead, 'path' | 'how'>[] = []): KnownReads {
  const top: ReadNode = { isWhole: false, children: new Map() };
  for (const { path, how } of [...reads.values, ...more]) {
    let node = top;
    for (const step of path) {
      let next = node.children.get(step);
      if (next === undefined) {
        next = { isWhole: false, children: new Map() };
        node.children.set(step, next);
      }
      node = next;
    }
    if (how === 'whole') node.isWhole = true;
  }
  return {
    isRead: (path) => isReadBelow(top, path, 0),
    keysAt(path) {
      const nodes = path.reduce<readonly ReadNode[]>((found, step) => found.flatMap((node) => next(node, String(step))), [top]);
      return [...new Set(nodes.flatMap((node) => [...node.children.keys()]))].filter((key) => key !== '*');
    },
  };
}

function isReadBelow(node: ReadNode, path: readonly (string | number)[], at: number): boolean {
  if (node.isWhole || at === path.length) return true;
  return next(node, String(path[at])).some((child) => isReadBelow(child, path, at + 1));
}

function next(node: ReadNode, step: string): readonly ReadNode[] {
  return [node.children.get(step), node.children.get('*')].filter((child) => child !== undefined);
}

import type { GraphNode, RepositoryGraph } from './graph.ts';

const nodes = new WeakMap<RepositoryGraph, ReadonlyMap<string, GraphNode>>();

/** The node of a folder (from the repository's root, `''` for the root) and all that goes into the same build, each once. What it applies is not part of it. */
export function reachOfFolder(graph: RepositoryGraph, folder: string): readonly GraphNode[] {
  let byId = nodes.get(graph);
  if (byId === undefined) {
    byId = new Map(graph.nodes.map((node) => [node.id, node]));
    nodes.set(graph, byId);
  }
  const start = byId.get(folder === '' ? '.' : folder);
  if (start === undefined) return [];
  const reached = new Set<GraphNode>([start]);
  // A set is walked in order of insertion, also what is inserted on the way.
  for (const { edges } of reached)
    for (const { to, how } of edges) {
      const next = how === 'applies' ? undefined : byId.get(to);
      if (next !== undefined) reached.add(next);
    }
  return [...reached];
}

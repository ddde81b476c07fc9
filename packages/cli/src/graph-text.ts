import type { GraphEdge, GraphNode, RepositoryGraph } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import type { OwnedTwice, PlacedName } from './owned-twice.ts';

/** The graph as a tree, and what is wrong with it below. What was shown before is only named again. */
export function graphText(graph: RepositoryGraph, isAsked: (node: GraphNode) => boolean, owned: readonly OwnedTwice[] = []): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const asked = graph.nodes.filter(isAsked);
  const shown = new Set<string>();
  const lines: string[] = [];
  const show = (id: string, lead: string, below: string, what: string, open: ReadonlySet<string>): void => {
    const node = nodes.get(id);
    if (node === undefined) return;
    const isCycle = open.has(id);
    const isRepeated = !isCycle && shown.has(id) && childrenOf(node) > 0;
    lines.push(`${lead}${what}${id}${remarks(node)}${isCycle ? '  (cycle)' : isRepeated ? '  (shown above)' : ''}`);
    shown.add(id);
    if (isCycle || isRepeated) return;
    const inside = new Set([...open, id]);
    const rest = [
      ...node.missing.map((path) => `missing: ${path}`),
      ...node.remote.map((url) => `remote: ${url}`),
      ...(node.files.length === 0 ? [] : [node.files.length === 1 ? `${node.files[0]}` : `${node.files.length} files`]),
    ];
    let left = node.edges.length + rest.length;
    for (const edge of node.edges) {
      left--;
      show(edge.to, `${below}${left === 0 ? '└─ ' : '├─ '}`, `${below}${left === 0 ? '   ' : '│  '}`, wordOf(edge), inside);
    }
    for (const text of rest) {
      left--;
      lines.push(`${below}${left === 0 ? '└─ ' : '├─ '}${text}`);
    }
  };
  for (const node of rootsOf(asked)) show(node.id, '', '', '', new Set());
  // A circle that nothing leads into has no root: it begins with the first of it.
  for (const node of asked) if (!shown.has(node.id)) show(node.id, '', '', '', new Set());
  const faults = [...faultsOf(asked, graph), ...owned.map(ownedText)];
  return lines.length === 0
    ? 'nothing includes or applies anything\n'
    : `${[...lines, ...(faults.length === 0 ? [] : ['', ...faults])].map(printable).join('\n')}\n`;
}

/** The graph in the language of Graphviz. */
export function graphDot(graph: RepositoryGraph, isAsked: (node: GraphNode) => boolean, owned: readonly OwnedTwice[] = []): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const reached = new Set(graph.nodes.filter(isAsked).map(({ id }) => id));
  // A set is walked in order of insertion, also what is inserted on the way.
  for (const id of reached) for (const { to } of nodes.get(id)?.edges ?? []) reached.add(to);
  const lines = ['digraph plumbline {', '  rankdir=LR;', '  node [shape=box];'];
  for (const node of graph.nodes) {
    if (!reached.has(node.id)) continue;
    const label = node.environment === undefined ? node.id : `${node.id}\n${node.environment}`;
    const style = node.isOrphan
      ? ', style=dashed'
      : node.kind === 'component'
        ? ', style=rounded'
        : node.kind === 'files'
          ? ', shape=folder'
          : '';
    lines.push(`  ${quoted(node.id)} [label=${quoted(label)}${style}];`);
    for (const { to, how, by } of node.edges) {
      const attributes = how === 'applies' ? ` [label=${quoted(by ?? '')}, style=bold]` : how === 'component' ? ' [style=dotted]' : '';
      lines.push(`  ${quoted(node.id)} -> ${quoted(to)}${attributes};`);
    }
    for (const path of node.missing) {
      lines.push(`  ${quoted(`missing ${path}`)} [label=${quoted(path)}, color=red, fontcolor=red];`);
      lines.push(`  ${quoted(node.id)} -> ${quoted(`missing ${path}`)} [color=red];`);
    }
    for (const url of node.remote) lines.push(`  ${quoted(node.id)} -> ${quoted(url)} [style=dashed];`);
  }
  for (const [index, each] of owned.entries()) {
    const id = `owned by two ${index + 1}`;
    lines.push(`  ${quoted(id)} [label=${quoted(whatIsOwned(each))}, shape=note, color=red, fontcolor=red];`);
    for (const owner of each.owners) {
      const home = graph.nodes.find(({ edges }) => edges.some(({ by, at }) => by === owner.name && at?.file === owner.file));
      // Of an owner that applies nothing that is here the graph has no node.
      const from = home?.id ?? placeText(owner);
      lines.push(`  ${quoted(from)} -> ${quoted(id)} [label=${quoted(owner.name)}, color=red, fontcolor=red];`);
    }
  }
  return `${[...lines, '}'].map(printable).join('\n')}\n`;
}

function ownedText(each: OwnedTwice): string {
  return `owned by two: ${whatIsOwned(each)}, by ${each.owners.map(placeText).join(' and ')}`;
}

function whatIsOwned({ owned: [first, ...rest] }: OwnedTwice): string {
  if (first === undefined) return 'all of it';
  return rest.length === 0 ? first.name : `${first.name} and ${rest.length} more`;
}

function placeText({ name, file, line }: PlacedName): string {
  return `${name} (${file}:${line})`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function rootsOf(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const inner = new Set(nodes.flatMap(({ id, edges }) => edges.map(({ to }) => to).filter((to) => to !== id)));
  return nodes.filter(({ id }) => !inner.has(id));
}

function childrenOf({ edges, missing, remote, files }: GraphNode): number {
  return edges.length + missing.length + remote.length + files.length;
}

function wordOf({ how, by }: GraphEdge): string {
  return how === 'includes' ? '' : how === 'component' ? 'component ' : `${by ?? ''} → `;
}

const KINDS: Readonly<Partial<Record<GraphNode['kind'], string>>> = { helm: 'chart', component: 'component' };

function remarks({ kind, environment, isOrphan }: GraphNode): string {
  const words = [KINDS[kind], environment, isOrphan ? 'nobody applies it' : undefined].filter((word) => word !== undefined);
  return words.length === 0 ? '' : `  [${words.join(', ')}]`;
}

/** The graph as JSON: nodes with their edges, circles, what two own. */
export function graphJson(graph: RepositoryGraph, isAsked: (node: GraphNode) => boolean, owned: readonly OwnedTwice[] = []): string {
  const nodes = graph.nodes.filter(isAsked);
  const ids = new Set(nodes.map(({ id }) => id));
  const cycles = graph.cycles.filter((cycle) => cycle.some((id) => ids.has(id)));
  return `${JSON.stringify({ schemaVersion: 1, hasDeployers: graph.hasDeployers, nodes, cycles, ownedTwice: owned }, null, 2)}\n`;
}

function faultsOf(nodes: readonly GraphNode[], graph: RepositoryGraph): readonly string[] {
  const orphans = nodes.filter(({ isOrphan }) => isOrphan).length;
  const ids = new Set(nodes.map(({ id }) => id));
  const cycles = graph.cycles.filter((cycle) => cycle.some((id) => ids.has(id)));
  const missing = nodes.reduce((sum, node) => sum + node.missing.length, 0);
  return [
    ...(missing === 0 ? [] : [`${missing} ${missing === 1 ? 'path is' : 'paths are'} named and not there`]),
    ...cycles.map((cycle) => `a circle: ${[...cycle, cycle[0]].join(' → ')}`),
    ...(orphans === 0
      ? []
      : [`${orphans} ${orphans === 1 ? 'kustomization or chart' : 'kustomizations and charts'} that nothing includes or applies`]),
  ];
}

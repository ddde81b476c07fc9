import { type GraphNode, isArray, member, type NotEvaluated, type Problem, type Repository, type ResourceRule } from '@plumbline/core';
import { KUSTOMIZATION } from '../kinds.ts';

const APPLICATION_SET = 'argoproj.io/ApplicationSet';

/**
 * Only a folder beside others that are applied counts as forgotten: a bootstrap that people apply by hand, examples and
 * overlays for another tool lie elsewhere, or are spoken of.
 */
export const rule: ResourceRule = {
  id: 'flux/unreachable',
  title: 'What lies beside applied folders is applied too',
  why: 'No Flux Kustomization reaches the folder: what is in it looks as if it ran, is searched and edited, and is never applied.',
  remedy: 'Add it to the kustomization that lists its neighbours, apply it by a Flux Kustomization, or delete it.',
  severity: 'info',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/guides/repository-structure/',
  kinds: ['kustomize/Kustomization'],
  scope: 'repository',
  *check({ object, document }, { repository }): Iterable<Problem | NotEvaluated> {
    const { path } = document.file;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (folder === '' || repository.unseenFrom(path) !== undefined || !forgottenIn(repository).has(folder)) return;
    const resources = isArray(member(object, 'resources'));
    yield {
      path: resources ? ['resources'] : [],
      ...(resources ? { part: 'key' as const } : {}),
      message: `no Flux Kustomization reaches "${folder}", as they do its neighbours`,
    };
  },
};

const known = new WeakMap<Repository, ReadonlySet<string>>();

/** The folders of kustomizations that nothing reaches, where a folder beside is reached, and nothing speaks of them. */
function forgottenIn(repository: Repository): ReadonlySet<string> {
  let folders = known.get(repository);
  if (folders === undefined) {
    folders = new Set(find(repository));
    known.set(repository, folders);
  }
  return folders;
}

function* find(repository: Repository): Iterable<string> {
  // A generator of Argo CD may take any folder.
  if (repository.byKind(KUSTOMIZATION).length === 0 || repository.byKind(APPLICATION_SET).length > 0) return;
  const nodes = repository.graph.nodes.filter(({ kind }) => kind === 'kustomization');
  const orphans = nodes.filter(({ isOrphan }) => isOrphan);
  if (orphans.length === 0) return;
  const reachedParents = new Set(nodes.flatMap((node) => (node.isOrphan || isOfOrphan(node, orphans) ? [] : [parentOf(node.id)])));
  const texts = repository.filesBelow('');
  for (const { id } of orphans) {
    const parent = parentOf(id);
    if (parent === undefined || !reachedParents.has(parent)) continue;
    const name = id.slice(id.lastIndexOf('/') + 1);
    const ending = `${parent.slice(parent.lastIndexOf('/') + 1)}/${name}`;
    // A script, a workflow or a comment that names the folder knows what it is for.
    if (
      texts.some(
        ({ file, text }) => !file.path.startsWith(`${id}/`) && (text.includes(ending) || isListedIn(file.path, parent, text, name)),
      )
    )
      continue;
    yield id;
  }
}

/** Whether the kustomization of the folder above speaks of it, commented out. */
function isListedIn(path: string, parent: string, text: string, name: string): boolean {
  if (path.slice(0, path.lastIndexOf('/')) !== parent || !text.includes(name)) return false;
  return text.split('\n').some((line) => line.includes('#') && new RegExp(`(?:^|[\\s/"'])${escaped(name)}(?:[\\s/"']|$)`).test(line));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$(){}|[\]\\]/g, '\\$&');
}

/** Whether only orphans include it. */
function isOfOrphan({ id }: GraphNode, orphans: readonly GraphNode[]): boolean {
  return orphans.some(({ edges }) => edges.some(({ to }) => to === id));
}

function parentOf(id: string): string | undefined {
  const slash = id.lastIndexOf('/');
  return slash < 0 ? undefined : id.slice(0, slash);
}

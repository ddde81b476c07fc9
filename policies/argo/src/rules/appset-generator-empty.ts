import {
  isArray,
  isPlain,
  type JsonObject,
  type JsonValue,
  member,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type ResourceRule,
  resolvePath,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { gitGenerators, isThisRepository, isTreeAround, literalHead } from '../git-source.ts';
import { APPLICATION_SET } from '../kinds.ts';
import { projectMatches } from '../project-glob.ts';

const sets = (path: string): string =>
  ['apps/*', path]
    .map((each, index) =>
      example(
        'ApplicationSet',
        ['generators:', '  - git:', '      repoURL: https://git.example.org/shop.git', '      directories:', `        - path: ${each}`],
        `shop-${index}`,
      ),
    )
    .join('---\n');

export const rule: ResourceRule = {
  id: 'argo/appset-generator-empty',
  title: 'A git generator finds something',
  why: 'A generator whose patterns match nothing makes no Application, and deletes those that it made before: without an error.',
  remedy: 'Correct the pattern. It begins at the root of the repository; of folders "*" stands for one step, and "exclude" wins.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/',
  examples: { pass: sets('apps/cart'), fail: sets('aps/*'), path: 'apps/cart/case.yaml' },
  kinds: [APPLICATION_SET],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    for (const { generator, path } of gitGenerators(resource)) {
      const url = member(generator, 'repoURL');
      if (typeof url !== 'string' || !isPlain(url)) continue;
      const field = isFilled(member(generator, 'directories')) ? 'directories' : 'files';
      const items = itemsOf(generator, field);
      if (items === undefined) continue;
      const unseen = repository.unseenFrom(resource.document.file.path);
      if (unseen !== undefined) yield { notEvaluated: unseen };
      else if (findsSomething(items, field, resource, repository) !== false) continue;
      else if (!isTreeAround(member(generator, 'revision'))) yield { notEvaluated: 'the source is another revision than the files around' };
      else if (!isThisRepository(url, repository)) yield { notEvaluated: 'the source may be another repository' };
      else {
        const [first] = items.filter(({ isExcluded }) => !isExcluded);
        yield {
          path: [...path, field],
          part: 'key',
          message: `the generator finds nothing: no ${field === 'files' ? 'file' : 'folder'} matches "${first?.path ?? ''}"`,
        };
      }
    }
  },
};

interface Item {
  readonly path: string;
  readonly isExcluded: boolean;
}

function isFilled(value: JsonValue | undefined): boolean {
  return isArray(value) && value.length > 0;
}

/** The patterns of a generator; undefined where one is not plain, or there is none. */
function itemsOf(generator: JsonObject, field: string): readonly Item[] | undefined {
  const list = member(generator, field);
  if (!isArray(list)) return undefined;
  const items: Item[] = [];
  for (const item of list) {
    const path = member(item, 'path');
    if (typeof path !== 'string' || !isPlain(path)) return undefined;
    items.push({ path, isExcluded: member(item, 'exclude') === true });
  }
  return items.some(({ isExcluded }) => !isExcluded) ? items : undefined;
}

/** Whether something matches; undefined where that cannot be told. */
function findsSomething(items: readonly Item[], field: string, resource: Resource, repository: Repository): boolean | undefined {
  const file = resource.document.file.path;
  for (const { path, isExcluded } of items) {
    if (isExcluded) continue;
    const head = resolvePath('', literalHead(path) ?? '');
    if (head === undefined) return undefined;
    const isWhole = !/[*?[\]{}\\]/.test(path);
    if (isWhole && field === 'files') {
      if (repository.kindOf(head) === 'file') return true;
      continue;
    }
    const folder = repository.locate(head, file);
    if (folder === undefined) {
      // A pattern of files may begin inside of a name.
      if (field === 'files' && head === '') return undefined;
      continue;
    }
    const excluded = items.filter((item) => item.isExcluded);
    if (isWhole) return excluded.length === 0 ? true : undefined;
    if (field === 'files') {
      // Whether "*" stops at "/" depends on a setting of Argo CD: where either reading matches, it may be meant.
      const pattern = path.slice(path.indexOf(head) + head.length).replace(/^\/+/, '');
      if (
        repository.inputs
          .list(folder)
          .some((each) => projectMatches(pattern, each.slice(folder === '' ? 0 : folder.length + 1), false) !== false)
      )
        return excluded.length === 0 ? true : undefined;
      continue;
    }
    const found = foldersBelow(folder, repository).filter((each) => matchesFolder(path, head, folder, each));
    if (found.some((each) => !excluded.some((item) => matchesFolder(item.path, head, folder, each)))) return true;
    if (found.length > 0) return undefined;
  }
  return false;
}

/** All folders below one, from the repository's root. */
function foldersBelow(folder: string, repository: Repository): readonly string[] {
  const folders = new Set<string>();
  for (const path of repository.inputs.list(folder)) {
    for (let slash = path.lastIndexOf('/'); slash > folder.length; slash = path.lastIndexOf('/', slash - 1)) {
      const above = path.slice(0, slash);
      if (folders.has(above)) break;
      folders.add(above);
    }
  }
  return [...folders];
}

/** As Go's path.Match; `folder` is where the head of the pattern lies here. Argo CD passes over hidden folders. */
function matchesFolder(pattern: string, head: string, folder: string, each: string): boolean {
  const written = `${head}${each.slice(folder.length)}`.replace(/^\/+/, '');
  if (written.split('/').some((step) => step.startsWith('.'))) return false;
  return projectMatches(pattern.replace(/^\.?\/+/, '').replace(/\*\*+/g, '*'), written, true) !== false;
}

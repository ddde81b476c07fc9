import {
  isPlain,
  isSlip,
  type JsonObject,
  type JsonValue,
  listAt,
  mayGainFields,
  member,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type ResourceRule,
} from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application, example } from '../examples.ts';
import { normalUrl, sourcesOf } from '../git-source.ts';
import { APP_PROJECT, APPLICATION, APPLICATION_SET } from '../kinds.ts';
import { projectMatches } from '../project-glob.ts';

const IN_CLUSTER = { server: 'https://kubernetes.default.svc', name: 'in-cluster' };
const project = (namespace: string): string =>
  `${example('AppProject', ['sourceRepos:', '  - "https://git.example.org/*"', 'destinations:', '  - server: "*"', `    namespace: ${namespace}`])}---\n`;

export const rule: ResourceRule = {
  id: 'argo/project-missing',
  title: 'The project of an Application exists, and permits its source and destination',
  why: 'Argo CD does not sync an Application whose project is not there, or does not permit where it comes from or goes to.',
  remedy: 'Correct the name, or add what the message names to sourceRepos, destinations or sourceNamespaces of the AppProject.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  examples: { pass: project('shop') + application(['path: apps']), fail: project('payments') + application(['path: apps']) },
  kinds: [APPLICATION, APPLICATION_SET],
  scope: 'repository',
  *check(resource, { repository, inventory }): Iterable<Problem | NotEvaluated> {
    const found = applicationSpec(resource);
    if (found === undefined) return;
    const name = member(found.spec, 'project');
    if (typeof name !== 'string' || !isPlain(name)) return;
    const named = repository.byKind(APP_PROJECT).filter((each) => each.name === name);
    const [only] = named;
    if (only !== undefined) {
      // Each cluster may have an Argo CD with a project of this name.
      if (named.length === 1 && !mayGainFields(only) && !mayGainFields(resource)) yield* judge(resource, only);
      return;
    }
    if (name === 'default' || inventory.isExternal(APP_PROJECT, resource.namespace, name)) return;
    yield* missing(name, [...found.path, 'project'], resource, repository);
  },
};

function* missing(
  name: string,
  path: readonly (string | number)[],
  resource: Resource,
  repository: Repository,
): Iterable<Problem | NotEvaluated> {
  const unseen = repository.unseenFrom(resource.document.file.path);
  const meant = repository.byKind(APP_PROJECT).find((each) => isSlip(name, each.name));
  if (unseen !== undefined) yield { notEvaluated: unseen };
  else if (meant !== undefined) {
    yield {
      path,
      message: `no AppProject "${name}"; did you mean "${meant.name}"?`,
      related: [{ resource: meant, path: ['metadata', 'name'], message: 'this project has a similar name' }],
    };
  } else if (areKeptHere(repository)) yield { path, message: `no AppProject "${name}"` };
  else yield { notEvaluated: 'the project may be kept in another repository' };
}

const kept = new WeakMap<Repository, boolean>();

/** Whether nearly all Applications have their project in the repository: then one that is not there was forgotten. */
function areKeptHere(repository: Repository): boolean {
  let result = kept.get(repository);
  if (result === undefined) {
    const names = new Set(repository.byKind(APP_PROJECT).map(({ name }) => name));
    const isOpen = [...names].some((name) => !isPlain(name));
    let found = 0;
    let absent = 0;
    for (const resource of [...repository.byKind(APPLICATION), ...repository.byKind(APPLICATION_SET)]) {
      const name = member(applicationSpec(resource)?.spec ?? {}, 'project');
      if (typeof name !== 'string' || name === 'default' || !isPlain(name)) continue;
      if (names.has(name)) found++;
      else absent++;
    }
    result = !isOpen && found >= 3 && found >= 3 * absent;
    kept.set(repository, result);
  }
  return result;
}

function* judge(resource: Resource, owner: Resource): Iterable<Problem> {
  const found = applicationSpec(resource);
  if (found === undefined) return;
  const related = (field: string) => [{ resource: owner, path: ['spec', field], message: 'this is what the project permits' }];
  for (const { source, path } of sourcesOf(resource)) {
    const url = member(source, 'repoURL');
    if (typeof url === 'string' && isPlain(url) && permitsSource(owner, url) === false)
      yield {
        path: [...path, 'repoURL'],
        message: `project "${owner.name}" does not permit the repository "${url}"`,
        related: related('sourceRepos'),
      };
  }
  const destination = member(found.spec, 'destination');
  const namespace = member(destination, 'namespace');
  const isSure = namespace === undefined ? !found.mayGain : typeof namespace === 'string' && (namespace === '' || isPlain(namespace));
  const cluster = clusterOf(destination);
  if (isSure && cluster !== undefined && permitsDestination(owner, cluster, typeof namespace === 'string' ? namespace : '') === false) {
    const what = `namespace "${typeof namespace === 'string' ? namespace : ''}" of cluster "${cluster.name ?? cluster.server ?? ''}"`;
    yield {
      path: [...found.path, 'destination'],
      part: 'key',
      message: `project "${owner.name}" does not permit ${what}`,
      related: related('destinations'),
    };
  }
  const from = resource.namespace;
  if (
    resource.gvk.kind !== 'Application' ||
    from === undefined ||
    owner.namespace === undefined ||
    from === owner.namespace ||
    !isPlain(from)
  )
    return;
  const permitted = listAt(owner, ['spec', 'sourceNamespaces']).map((each) =>
    typeof each === 'string' ? projectMatches(each, from, false) : false,
  );
  if (permitted.every((each) => each === false) && isPlain(owner.namespace))
    yield {
      path: ['metadata', 'namespace'],
      message: `project "${owner.name}" takes no Applications from namespace "${from}"`,
      related: [{ resource: owner, path: ['metadata', 'namespace'], message: 'the project is here' }],
    };
}

/** Argo CD goes through all patterns: one that is turned round (`!`) and does not match is a refusal. Undefined where a pattern cannot be read. */
function permitsSource(owner: Resource, url: string): boolean | undefined {
  const patterns = listAt(owner, ['spec', 'sourceRepos']);
  let isAny = false;
  for (const pattern of patterns) {
    if (typeof pattern !== 'string' || (pattern !== '' && !isPlain(pattern))) return undefined;
    const isDenied = pattern.startsWith('!');
    const matched = projectMatches(isDenied ? `!${normalUrl(pattern.slice(1))}` : normalUrl(pattern), normalUrl(url), true);
    if (matched === undefined) return undefined;
    if (matched) isAny = true;
    else if (isDenied) return false;
  }
  return isAny;
}

interface Cluster {
  readonly server: string | undefined;
  readonly name: string | undefined;
}

/** The cluster as far as it is written; Argo CD knows its own by both. */
function clusterOf(destination: JsonValue | undefined): Cluster | undefined {
  const text = (key: string): string | undefined => {
    const value = member(destination, key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [server, name] = [text('server'), text('name')];
  if ((server !== undefined) === (name !== undefined) || !isPlain(server ?? name ?? '')) return undefined;
  return server === IN_CLUSTER.server || name === IN_CLUSTER.name ? IN_CLUSTER : { server, name };
}

function permitsDestination(owner: Resource, cluster: Cluster, namespace: string): boolean | undefined {
  let isAny = false;
  for (const item of listAt(owner, ['spec', 'destinations'])) {
    const pattern = (key: string): string => textOf(item, key);
    const patterns = ['server', 'name', 'namespace'].map(pattern);
    if (patterns.some((each) => each !== '' && !isPlain(each))) return undefined;
    // How refusals combine is left to Argo CD.
    if (patterns.some((each) => each.startsWith('!'))) return undefined;
    const server = cluster.server === undefined ? unknown(pattern('server')) : projectMatches(pattern('server'), cluster.server, false);
    const name = cluster.name === undefined ? unknown(pattern('name')) : projectMatches(pattern('name'), cluster.name, false);
    const space = projectMatches(pattern('namespace'), namespace, false);
    if (space === false || (server === false && name === false)) continue;
    if (space === true && (server === true || name === true)) isAny = true;
    else return undefined;
  }
  return isAny;
}

/** Of a name or address that is not written: a pattern for it may match. */
function unknown(pattern: string): boolean | undefined {
  return pattern === '' ? false : pattern === '*' ? true : undefined;
}

function textOf(item: JsonValue | JsonObject, key: string): string {
  const value = member(item, key);
  return typeof value === 'string' ? value : '';
}

import { type ParsedFile, placeOfFolder, type Repository, type Resource, type ResourceRule, type RuleContext } from '@plumbline/core';
import { isLive } from '../before.ts';
import { githubOwners, gitlabOwners, type HasOwner } from '../code-owners.ts';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'env/owner',
  title: 'Somebody owns what LIVE is made of',
  why: 'Whoever owns a path in CODEOWNERS is asked before a change of it is merged. A change of LIVE that asks nobody is seen by nobody.',
  remedy: 'Name the people in CODEOWNERS, as `/environments/live/ @org/platform`, and let the branch protection require their review.',
  severity: 'warning',
  class: 'quality',
  set: 'optional',
  kinds: ['kustomize/Kustomization', '*'],
  scope: 'repository',
  check(resource, { environments, repository }) {
    const here = environments.of(resource);
    const path = resource.document.file.path;
    if (here === undefined || !isLive(here) || resource.unit.environment === undefined) return NOTHING;
    // What is built stands for the file as it lies, which is asked about too.
    if (resource.locate !== undefined || resource.document.index > 0 || resource.root.length > 0) return NOTHING;
    if (repository.unseenFrom(path) !== undefined) return NOTHING;
    const owners = ownersOf(repository);
    if (owners === undefined) return [{ notEvaluated: 'the repository around is not in sight, and so no CODEOWNERS file' }];
    if (owners.hasOwner(path)) return NOTHING;
    // Said once for a folder of LIVE, on the first file of it that nobody owns.
    const folder = folderOfEnvironment(resource);
    const unowned = repository
      .filesBelow(folder)
      .filter((file) => isSubject(file) && file.unit.environment === here.name && !owners.hasOwner(file.file.path));
    if (unowned[0]?.file.path !== path) return NOTHING;
    const others = unowned.length === 1 ? '' : `, and ${unowned.length - 1} more of ${here.name} below ${folder}`;
    const message =
      owners.file === undefined
        ? `no CODEOWNERS file names an owner of ${path}${others}`
        : `${owners.file} names no owner of ${path}${others}`;
    return [{ path: [], part: 'key', message }];
  },
};

function isSubject({ role }: ParsedFile): boolean {
  return role === 'manifest' || role === 'kustomize/Kustomization';
}

/** The folder on the way to an object that names its environment, else that of its unit. */
function folderOfEnvironment({ document, unit }: Resource): string {
  const steps = document.file.path.split('/').slice(0, -1);
  const place = placeOfFolder(steps.join('/'), unit.environment ?? '')?.split('/');
  return place === undefined ? unit.root.replace(/^\.$/, '') : steps.slice(0, place.indexOf('*') + 1).join('/');
}

interface Owners {
  readonly file: string | undefined;
  readonly hasOwner: HasOwner;
}

const known = new WeakMap<Repository, Owners | undefined>();

function ownersOf(repository: RuleContext['repository']): Owners | undefined {
  if (!known.has(repository)) known.set(repository, readOwners(repository));
  return known.get(repository);
}

/** The first of the places that GitHub, and that GitLab looks at; where nothing tells which of them it is, one that finds an owner is enough. */
function readOwners({ kindOf, textOf }: Repository): Owners | undefined {
  if (textOf === undefined) return undefined;
  const first = (folders: readonly string[]): string | undefined =>
    folders.map((folder) => `${folder}CODEOWNERS`).find((path) => kindOf(path) === 'file');
  const isGitlab = kindOf('.gitlab-ci.yml') !== undefined || kindOf('.gitlab') !== undefined;
  const isGithub = kindOf('.github') !== undefined;
  const github = isGitlab && !isGithub ? undefined : first(['.github/', '', 'docs/']);
  const gitlab = isGithub && !isGitlab ? undefined : first(['', 'docs/', '.gitlab/']);
  const readers = [
    ...(github === undefined ? [] : [githubOwners(textOf(github))]),
    ...(gitlab === undefined ? [] : [gitlabOwners(textOf(gitlab))]),
  ];
  return { file: github ?? gitlab, hasOwner: (path) => readers.some((hasOwner) => hasOwner(path)) };
}

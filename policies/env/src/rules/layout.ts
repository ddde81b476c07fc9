import {
  type Environment,
  type Environments,
  isArray,
  member,
  placeOfFolder,
  type Repository,
  type ResourceRule,
  type RuleContext,
  STAGES,
  stageOfName,
} from '@plumbline/core';
import { allowed } from '../allowed.ts';
import { NOTHING } from '../nothing.ts';

/** More folders side by side are clusters or tenants, not steps of a promotion. */
const MANY = 24;

export const rule: ResourceRule = {
  id: 'env/layout',
  title: 'What is in one environment has its folder in each',
  why: 'An application without an overlay for UAT goes to LIVE untried, and one without an overlay for LIVE is either forgotten or not meant to be there.',
  remedy:
    'Add the folder of the environment, name the environments that are asked for in the option `environments` (a list), or the place in the option `allowed` (a list; * stands for any text).',
  severity: 'warning',
  class: 'quality',
  set: 'optional',
  kinds: ['kustomize/Kustomization'],
  scope: 'repository',
  check(resource, context) {
    const { environments, repository, options } = context;
    const { environment, root } = resource.unit;
    const place = environment === undefined ? undefined : placeOfFolder(root, environment);
    if (place === undefined || repository.unseenFrom(resource.document.file.path) !== undefined) return NOTHING;
    const [parent, rest, ...more] = place.split('*');
    if (parent === undefined || rest === undefined || more.length > 0 || allowed(options)(place)) return NOTHING;
    const there = foldersAt(parent, rest, repository);
    if (there.length < 2 || there.length > MANY || there[0]?.folder !== root) return NOTHING;
    const lacking = wanted(context).filter((want) => !there.some(({ environment: one }) => isSame(one, want, environments)));
    if (lacking.length === 0) return NOTHING;
    return [{ path: [], part: 'key', message: `${place} has no folder for ${lacking.join(', ')}` }];
  },
};

interface Place {
  readonly folder: string;
  readonly environment: string;
}

/** The folders at one place, and the environments that they are of. */
function foldersAt(parent: string, rest: string, { namesIn, filesBelow }: Repository): readonly Place[] {
  return namesIn(parent.replace(/\/$/, '')).flatMap((name): Place[] => {
    const folder = `${parent}${name}${rest}`;
    const environment = filesBelow(folder).find(({ unit }) => unit.environment !== undefined && unit.root === folder)?.unit.environment;
    return environment === undefined ? [] : [{ folder, environment }];
  });
}

/** The names that are asked for: of the option, else the environments of the repository that have a place in the order, one for each stage. */
function wanted({ options, environments }: RuleContext): readonly string[] {
  const list = member(options, 'environments');
  if (isArray(list)) return list.filter((name) => typeof name === 'string');
  const ranked = environments.all.filter(({ rank }) => rank !== undefined);
  return ranked.filter((one, index) => ranked.findIndex(({ rank }) => rank === one.rank) === index).map(nameOf);
}

function nameOf({ name }: Environment): string {
  return name;
}

/** Whether an environment is the one that a name asks for: by name, or by its stage. */
function isSame(name: string, want: string, { all }: Environments): boolean {
  if (name.toLowerCase() === want.toLowerCase()) return true;
  const stage = all.find((one) => one.name === want)?.stage ?? stageOfName(want);
  return stage !== undefined && STAGES.includes(stage) && all.find((one) => one.name === name)?.stage === stage;
}

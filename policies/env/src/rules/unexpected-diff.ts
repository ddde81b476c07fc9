import {
  type FieldPath,
  isArray,
  isEqual,
  isObject,
  type JsonValue,
  member,
  type Problem,
  type ResourceRule,
  valueAt,
} from '@plumbline/core';
import { allowed } from '../allowed.ts';
import { before } from '../before.ts';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'env/unexpected-diff',
  title: 'Environments differ only in what is declared to differ',
  why: 'What differs between two environments is not tried in the first of them. Differences that nobody wanted grow with each patch.',
  remedy:
    'Take the difference out of the overlay, or add its path to the option `allowed` of the rule (a list of paths as spec.replicas or spec.template.spec.containers[web].image; * stands for any text). Without that option the rule says nothing.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['*'],
  scope: 'environments',
  check(resource, context) {
    const { options, environments } = context;
    if (!isArray(member(options, 'allowed'))) return NOTHING;
    const earlier = before(resource, context)[0];
    const here = environments.of(resource);
    // What a Secret holds differs, and is nobody's to read.
    if (earlier === undefined || here === undefined || (resource.gvk.group === '' && resource.gvk.kind === 'Secret')) return NOTHING;
    const isAllowed = allowed(options);
    const problems: Problem[] = [];
    for (const { path, name, isLack } of differences(resource.object, earlier.resource.object, [], '')) {
      if (ALWAYS.test(name) || isAllowed(name)) continue;
      problems.push({
        path,
        part: isLack === true || valueAt(resource.object, path) === undefined ? 'key' : 'value',
        message: `${name} differs between ${here.name} and ${earlier.environment.name}`,
        related: [{ resource: earlier.resource, path, message: `in ${earlier.environment.name}` }],
      });
    }
    return problems;
  },
};

/** Names, where names are told by the environment, and what no one reads. */
const ALWAYS = /^(?:metadata\.(?:name|namespace|uid|resourceVersion|generation|creationTimestamp|managedFields)|status)(?:$|[.[])/;

interface Difference {
  readonly path: FieldPath;
  readonly name: string;
  /** The path is that of the list which lacks an item. */
  readonly isLack?: true;
}

function* differences(a: JsonValue | undefined, b: JsonValue | undefined, path: FieldPath, name: string): Generator<Difference> {
  if (isEqual(a, b)) return;
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      yield* differences(member(a, key), member(b, key), [...path, key], name === '' ? key : `${name}.${key}`);
  } else if (isArray(a) && isArray(b) && isNamed(a) && isNamed(b)) {
    for (const [index, item] of a.entries()) {
      const other = b.find((one) => member(one, 'name') === member(item, 'name'));
      yield* differences(item, other, [...path, index], `${name}[${String(member(item, 'name'))}]`);
    }
    for (const item of b)
      if (!a.some((one) => member(one, 'name') === member(item, 'name')))
        yield { path, name: `${name}[${String(member(item, 'name'))}]`, isLack: true };
  } else yield { path, name };
}

/** Whether the items of a list have names of their own, so that their order does not count. */
function isNamed(list: readonly JsonValue[]): boolean {
  const names = list.map((item) => member(item, 'name'));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

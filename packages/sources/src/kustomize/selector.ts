import type { BuildOptions } from './loader.ts';
import type { Mark } from './mark.ts';
import type { Node } from './node.ts';
import { BuildError } from './problem.ts';
import { effectiveNamespace, type Gvk, type ResId } from './res-id.ts';
import type { Resource } from './resource.ts';
import type { Settings } from './settings.ts';

/** Chooses objects by patterns, which must match a whole part; a part that is '' matches all. */
export interface Selector {
  readonly isEmptyId: boolean;
  readonly hasLabels: boolean;
  kind(gvk: Gvk): boolean;
  name(name: string): boolean;
  namespace(namespace: string): boolean;
  labels(resource: Resource): boolean;
}

export function selectorOf(settings: Settings, options: BuildOptions): Selector {
  const pattern = (part: string): ((text: string) => boolean) => matcher(settings.text(part), settings.get(part) ?? settings, options);
  const [group, version, kind] = [pattern('group'), pattern('version'), pattern('kind')];
  const byLabels = labelMatcher(settings.text('labelSelector'), settings.get('labelSelector') ?? settings);
  const byAnnotations = labelMatcher(settings.text('annotationSelector'), settings.get('annotationSelector') ?? settings);
  return {
    isEmptyId: ['group', 'version', 'kind', 'name', 'namespace'].every((part) => settings.text(part) === ''),
    hasLabels: settings.text('labelSelector') !== '' || settings.text('annotationSelector') !== '',
    kind: (gvk) => group(gvk.group) && version(gvk.version) && kind(gvk.kind),
    name: pattern('name'),
    namespace: pattern('namespace'),
    labels: (resource) => byLabels(resource.labels()) && byAnnotations(resource.annotations()),
  };
}

/** The objects that a patch's target chooses: by the id that they have, or had at first. */
export function select(resources: readonly Resource[], selector: Selector): Resource[] {
  return resources.filter((resource) => {
    const [current, original] = [resource.curId(), resource.orgId()];
    const isNamed = (test: (text: string) => boolean, of: (id: ResId) => string): boolean => test(of(original)) || test(of(current));
    return (
      isNamed(selector.namespace, effectiveNamespace) &&
      isNamed(selector.name, ({ name }) => name) &&
      selector.kind(resource.gvk) &&
      selector.labels(resource)
    );
  });
}

const ALL = (): boolean => true;

function matcher(pattern: string, at: Settings, options: BuildOptions): (text: string) => boolean {
  if (pattern === '') return ALL;
  if (/^[\w-]+$/.test(pattern)) return (text) => text === pattern;
  const compiled = compile(`^(?:${pattern})$`, options);
  if (compiled === undefined) throw at.error(`"${pattern}" is no regular expression`);
  return (text) => compiled.test(text);
}

/** Letters, dots and a `.*` or two: what both languages read alike, and no text takes long. */
const SIMPLE = /^\^?(?:\(\?:)?(?:[\w/-]|\.(?![*+?])|\||\.\*(?!.*\.\*.*\.\*))*\)?\$?$/;

/** A pattern of Go's; undefined where it is none. */
export function compile(pattern: string, options: BuildOptions): { test(text: string): boolean } | undefined {
  if (options.compile !== undefined && !SIMPLE.test(pattern)) return options.compile(pattern);
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

type Members = ReadonlyMap<string, Node>;

/** A label selector in the words of `kubectl -l`. */
function labelMatcher(text: string, at: Settings): (members: Members) => boolean {
  const tests = requirements(text, at.mark());
  return (members) => tests.every((test) => test(members));
}

const KEY = `[A-Za-z0-9./_-]+`;
const REQUIREMENT = new RegExp(
  String.raw`^\s*(?:(!)\s*(${KEY})|(${KEY})\s*(?:(==|=|!=|>|<)\s*([^,()\s]*)|\s(in|notin)\s*\(([^()]*)\))?)\s*(?:,|$)`,
);

function requirements(text: string, at: Mark): ((members: Members) => boolean)[] {
  const tests: ((members: Members) => boolean)[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const match = REQUIREMENT.exec(rest.replace(/^(\s*[A-Za-z0-9./_-]+)\s+(in|notin)\s*\(/, '$1 $2('));
    if (match === null) throw new BuildError(`"${text}" is no label selector`, at);
    const normal = rest.replace(/^(\s*[A-Za-z0-9./_-]+)\s+(in|notin)\s*\(/, '$1 $2(');
    rest = normal.slice(match[0].length);
    const [, not, absent = '', key = '', operator, value = '', set, values = ''] = match;
    if (not !== undefined) tests.push((members) => !members.has(absent));
    else if (set !== undefined) {
      const among = new Set(values.split(',').map((each) => each.trim()));
      tests.push((members) => (members.has(key) && among.has(members.get(key)?.value ?? '')) === (set === 'in'));
    } else if (operator === undefined) tests.push((members) => members.has(key));
    else if (operator === '!=') tests.push((members) => members.get(key)?.value !== value);
    else if (operator === '>' || operator === '<') tests.push((members) => compareNumbers(members.get(key)?.value, operator, value));
    else tests.push((members) => members.get(key)?.value === value);
  }
  return tests;
}

function compareNumbers(own: string | undefined, operator: '>' | '<', bound: string): boolean {
  if (own === undefined || !/^-?\d+$/.test(own) || !/^-?\d+$/.test(bound)) return false;
  return operator === '>' ? BigInt(own) > BigInt(bound) : BigInt(own) < BigInt(bound);
}

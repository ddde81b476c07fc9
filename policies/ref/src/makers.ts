import { containersOf, type Inventory, isArray, isObject, type JsonValue, member, type Resource, type RuleContext } from '@plumbline/core';
import { isCustom } from './sight.ts';

/** What the controllers and programs of a group speak of: an object they name may be made by them. */
interface Makers {
  /** Every text inside a custom resource whose controller makes objects. */
  readonly said: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Words on the command lines of containers: `--secret-name=admission` makes a Secret. */
  readonly words: ReadonlySet<string>;
}

const known = new WeakMap<Inventory, Makers>();

/**
 * Why an object of that name may be made in the cluster: a custom resource speaks of it, or bears its name or the beginning
 * of it (as operators name what they make), or a container is told of it. Undefined where nothing says so.
 */
export function makerOf(name: string, context: RuleContext): string | undefined {
  const makers = makersOf(context);
  if (makers.said.has(name)) return 'the controller of a custom resource may make it';
  for (let end = name.length; end > 0; end--) {
    const isBreak = end === name.length || name[end] === '-' || name[end] === '.';
    if (isBreak && makers.names.has(name.slice(0, end))) return 'the controller of a custom resource may make it';
  }
  return makers.words.has(name) ? 'a container that is told its name may make it' : undefined;
}

/** Whether a custom resource or the command of a container says the very name. */
export function isSpokenOf(name: string, context: RuleContext): boolean {
  const { said, words } = makersOf(context);
  return said.has(name) || words.has(name);
}

// These only point at objects, or make a Secret whose name is known.
const NO_MAKERS =
  /(Monitor|Route|Rule|Policy|Autoscaler|Probe)$|^(VirtualService|DestinationRule|ScaledObject|SealedSecret|ExternalSecret|PushSecret|Certificate|ReferenceGrant|Gateway|Middleware)$/;

/** Whether the controller of a resource may make objects that no file says. */
export function mayMake(resource: Resource, context: RuleContext): boolean {
  return isCustom(resource, context) && !NO_MAKERS.test(resource.gvk.kind);
}

function makersOf(context: RuleContext): Makers {
  let makers = known.get(context.inventory);
  if (makers === undefined) {
    const said = new Set<string>();
    const names = new Set<string>();
    const words = new Set<string>();
    for (const resource of context.inventory.all()) {
      if (mayMake(resource, context)) {
        names.add(resource.name);
        addTexts(resource.object, said);
      } else for (const { container } of containersOf(resource)) addWords(container, words);
    }
    makers = { said, names, words };
    known.set(context.inventory, makers);
  }
  return makers;
}

function addTexts(value: JsonValue, into: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length < 254) into.add(value);
  } else if (isArray(value)) for (const item of value) addTexts(item, into);
  else if (isObject(value)) for (const key of Object.keys(value)) addTexts(value[key] ?? null, into);
}

function addWords(container: JsonValue, into: Set<string>): void {
  for (const key of ['command', 'args']) {
    const list = member(container, key);
    if (!isArray(list)) continue;
    for (const text of list) {
      if (typeof text === 'string' && text.length < 20_000) for (const word of text.split(/[^A-Za-z0-9.-]+/)) into.add(word);
    }
  }
}

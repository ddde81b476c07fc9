import { isArray, isObject, type JsonValue, readLenient } from '@plumbline/core';
import type { Mark } from '../kustomize/mark.ts';
import { type Node, touch } from '../kustomize/node.ts';
import { BuildError, NotBuiltError } from '../kustomize/problem.ts';
import { isNoStringInYaml11, jsonOf } from '../kustomize/scalar.ts';
import { fromJson, throughJson } from '../kustomize/through-json.ts';
import { fillIn, type Lookup, parseTemplate, type Substituted, SubstitutionError, type Template } from './envsubst.ts';
import { type ScalarText, scalarText } from './scalar-text.ts';

/** A variable as the object that applies the build sets it. */
export interface Variable {
  /** Undefined where it is not in sight. */
  readonly value: string | undefined;
  /** Where it is set. */
  readonly mark: Mark;
}

/** The variables of a substitution; undefined where nobody sets one; `unknown` where that cannot be told. */
export type Variables = (name: string) => Variable | undefined | 'unknown';

/** What came of one object. */
export interface Substitution {
  /** Variables that are not known, by where they are used; they stay in the object as they are written. */
  readonly open: ReadonlyMap<string, Mark>;
  /** Variables that nobody sets; they stay in the object too. Flux puts nothing in their place, or refuses: that hangs on how it runs. */
  readonly missing: ReadonlyMap<string, Mark>;
}

const NOTHING: Substitution = { open: new Map(), missing: new Map() };

/** Fills the variables in all texts of an object, and reads each again as YAML, as Flux does. Throws a BuildError where Flux fails for certain. */
export function substitute(root: Node, variables: Variables): Substitution {
  if (!holdsDollar(root)) return NOTHING;
  const walk = new Walk(variables);
  walk.visit(root, 'item');
  if (walk.hasChanged) throughJson(root);
  return walk;
}

function holdsDollar(node: Node): boolean {
  return node.kind === 'scalar' ? node.value.includes('$') : node.content.some(holdsDollar);
}

class Walk implements Substitution {
  readonly open = new Map<string, Mark>();
  readonly missing = new Map<string, Mark>();
  hasChanged = false;
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  visit(node: Node, role: 'value' | 'item'): void {
    if (node.kind === 'scalar') this.#scalar(node, role);
    else if (node.kind === 'seq') for (const item of node.content) this.visit(item, 'item');
    else {
      for (const [index, child] of node.content.entries()) {
        if (index % 2 === 1) this.visit(child, 'value');
        else if (child.value.includes('$')) this.#key(child);
      }
    }
  }

  #scalar(node: Node, role: 'value' | 'item'): void {
    if (!node.value.includes('$')) return;
    const before = jsonOf(node);
    if (typeof before !== 'string') return;
    const written = scalarText(before);
    const filled = this.#fill(written, node);
    if (filled === undefined) return;
    const value = this.#read(written, filled.text, role, node);
    this.hasChanged = true;
    if (value === before && filled.used.length === 0) return;
    const by = fromJson(value, undefined, node.mark);
    node.kind = by.kind;
    node.tag = by.tag;
    node.value = by.value;
    node.style = by.style;
    node.content = by.content;
    for (const name of filled.used) {
      const variable = this.#variables(name);
      if (typeof variable === 'object') for (const each of [node, ...below(node)]) touch(each, variable.mark);
    }
  }

  #key(node: Node): void {
    if (node.value.includes('\n')) throw new NotBuiltError('a variable stands in a key of several lines');
    const written = scalarText(node.value, true);
    const filled = this.#fill(written, node);
    if (filled === undefined) return;
    const value = readAs(`${filled.text}: 0\n`);
    const [key, ...others] = isObject(value) ? Object.keys(value) : [];
    if (key === undefined || others.length > 0) throw unreadable(node);
    this.hasChanged = true;
    node.value = key;
  }

  /** The text with its variables filled in; undefined where it stays as it is. */
  #fill({ text }: ScalarText, node: Node): Substituted | undefined {
    let template: Template;
    try {
      template = parseTemplate(text);
    } catch (error) {
      if (!(error instanceof SubstitutionError)) throw error;
      if (error.isOpen) throw new NotBuiltError(`what Flux makes of a variable is not worked out: ${error.message}`);
      throw new BuildError(
        `Flux cannot read what stands behind "\${" as a variable (${error.message}), and applies nothing; write "$\${" where it is meant for a program`,
        node.mark,
        'flux/build-fails',
      );
    }
    if (template.length === 1 && template[0] === text) return undefined;
    const fill = (lookUp: Lookup): Substituted => {
      try {
        return fillIn(template, lookUp);
      } catch (error) {
        if (error instanceof SubstitutionError)
          throw new NotBuiltError(`what Flux makes of a variable is not worked out: ${error.message}`);
        throw error;
      }
    };
    const result = fill((name) => {
      const variable = this.#variables(name);
      if (variable === 'unknown') return { unknown: true };
      if (variable === undefined) return undefined;
      return variable.value ?? { unknown: true };
    });
    for (const name of result.open) if (!this.open.has(name)) this.open.set(name, node.mark);
    for (const name of result.missing) if (!this.missing.has(name)) this.missing.set(name, node.mark);
    if (result.missing.length === 0) return result;
    const missing = new Set(result.missing);
    // What nobody sets stays as it is written: the object is not known further than that.
    return fill((name) => {
      const variable = this.#variables(name);
      if (missing.has(name) || variable === 'unknown') return { unknown: true };
      if (variable === undefined) return undefined;
      return variable.value ?? { unknown: true };
    });
  }

  #read(written: ScalarText, text: string, role: 'value' | 'item', node: Node): JsonValue {
    if (written.style === 'plain' && isSurelyText(text)) return text;
    const value = readAs(role === 'value' ? `x: ${text}\n` : `- ${text}\n`);
    if (role === 'item' && isArray(value) && value.length === 1 && value[0] !== undefined) return value[0];
    if (role === 'value' && isObject(value) && Object.keys(value).length === 1 && value.x !== undefined) return value.x;
    throw unreadable(node);
  }
}

function unreadable(node: Node): BuildError {
  return new BuildError(
    'with its variables filled in this is no YAML any more, so that Flux applies nothing; change the value, or put quotes into the text that stay there',
    node.mark,
    'flux/build-fails',
  );
}

function* below(node: Node): Generator<Node> {
  for (const child of node.content) {
    yield child;
    yield* below(child);
  }
}

/** Texts of which a YAML reader makes nothing but the text; most are. */
function isSurelyText(text: string): boolean {
  return /^[A-Za-z/](?:[\w./@$(){}+=, -]|:(?! |$))*$/.test(text) && !text.endsWith(' ') && !isNoStringInYaml11(text);
}

function readAs(text: string): JsonValue | undefined {
  const result = readLenient(text);
  return 'value' in result ? result.value : undefined;
}

import { type Abstract, anyOf, entriesOf, fieldOf, keyOf, OPAQUE, placesOf, ROOT } from './abstract.ts';
import type { Operand, Pipeline } from './pipeline.ts';
import { readTemplate, type TemplateNode } from './template.ts';

/** A template file of a chart. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

/** A value that a template looks at. */
export interface ValueRead {
  /** Below `.Values`; `*` stands for any item of a list or map. */
  readonly path: readonly string[];
  /** `whole`: with all that is in it; `test`: only whether it is there. */
  readonly how: 'whole' | 'test';
  /** It may be missing: a default stands beside it, or a condition around it asks for it. */
  readonly isGuarded: boolean;
  readonly file: string;
  /** Of the action that reads it, from the beginning of the file. */
  readonly start: number;
  readonly end: number;
}

/** What an action prints, where that is one of the values handed in, as it is or quoted, indented, written as YAML. */
export interface Printed {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** Below the top: `Values.a.b`, `Release.Name`. Several where it is one of them; only this action's own evaluations count. */
  readonly places: readonly (readonly string[])[];
}

/** A function whose result hangs on more than the chart and its values, or a look at what the cluster can do. */
export interface Call {
  readonly name: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** What it is given first, where that is a plain text. */
  readonly argument?: string;
}

export interface TemplateReads {
  readonly values: readonly ValueRead[];
  readonly printed: readonly Printed[];
  readonly calls: readonly Call[];
  /** Values are used as templates themselves (`tpl`), and so may read any others. */
  readonly usesTemplatesInValues: boolean;
  /** Why it is not known what else is read; undefined where all is understood. */
  readonly unclear: string | undefined;
}

/** What the templates of a chart read of what they are given. Runs nothing: every branch counts as taken. */
export function readsOfTemplates(files: readonly TemplateFile[], libraries: readonly TemplateFile[] = []): TemplateReads {
  const walk = new ReadsWalk();
  const trees: { readonly file: TemplateFile; readonly nodes: readonly TemplateNode[] }[] = [];
  for (const [index, file] of [...libraries, ...files].entries()) {
    const nodes = readTemplate(file.text);
    if (nodes === undefined) {
      walk.unclear ??= `${file.path} is not understood`;
      continue;
    }
    walk.define(file.path, nodes);
    if (index >= libraries.length && !isPartial(file.path)) trees.push({ file, nodes });
  }
  for (const { file, nodes } of trees) walk.run(file.path, nodes);
  return walk;
}

/** What a text that stands among the values reads when it is used as a template. */
export function readsOfText(text: string): TemplateReads {
  return readsOfTemplates([{ path: '', text }]);
}

/** Helm does not render files of such names; they hold definitions. */
export function isPartial(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('_');
}

interface Definition {
  readonly file: string;
  readonly body: readonly TemplateNode[];
}

interface Scope {
  readonly dot: Abstract;
  readonly variables: Map<string, { value: Abstract }>;
}

const MAX_STEPS = 100_000;
const MAX_NESTING = 40;

/** Functions that give back what they are given last, perhaps written otherwise. */
const SAME = new Set(
  'quote squote toString toYaml toYamlPretty mustToYaml fromYaml toJson mustToJson toPrettyJson mustToPrettyJson toRawJson mustToRawJson fromJson toToml indent nindent trim int int64 float64 deepCopy mustDeepCopy unset omit pick trimSuffix trimPrefix b64enc toStrings compact uniq sortAlpha reverse'.split(
    ' ',
  ),
);
/** Functions that only look whether and what something is. */
const TESTS = new Set('not empty kindOf kindIs typeOf typeIs typeIsLike len fail'.split(' '));
/** Functions that give another result each time, or that of a cluster. */
const OTHER_EACH_TIME = new Set(
  'lookup randAlphaNum randAlpha randNumeric randAscii randBytes randInt uuidv4 genPrivateKey genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey now htpasswd bcrypt encryptAES getHostByName shuffle derivePassword'.split(
    ' ',
  ),
);

class ReadsWalk implements TemplateReads {
  readonly values: ValueRead[] = [];
  readonly printed: Printed[] = [];
  readonly calls: Call[] = [];
  usesTemplatesInValues = false;
  unclear: string | undefined;
  readonly #definitions = new Map<string, Definition>();
  readonly #done = new Set<string>();
  readonly #guards: (readonly string[])[] = [];
  #loose = 0;
  #steps = 0;
  #nesting = 0;
  #file = '';
  #node = { start: 0, end: 0 };

  define(file: string, nodes: readonly TemplateNode[]): void {
    for (const node of nodes) {
      if (node.kind === 'define') this.#definitions.set(node.name, { file, body: node.body });
      if (node.kind === 'define' || node.kind === 'if' || node.kind === 'with' || node.kind === 'range') this.define(file, node.body);
      if ('otherwise' in node) this.define(file, node.otherwise);
    }
  }

  run(file: string, nodes: readonly TemplateNode[]): void {
    this.#file = file;
    this.#list(nodes, { dot: ROOT, variables: new Map([['', { value: ROOT }]]) });
  }

  #list(nodes: readonly TemplateNode[], scope: Scope): void {
    for (const node of nodes) {
      if (++this.#steps > MAX_STEPS) {
        this.unclear ??= 'the templates include one another too often';
        return;
      }
      if (node.kind === 'text' || node.kind === 'define') continue;
      this.#node = node.token;
      if (node.kind === 'print') this.#print(node.pipeline, scope);
      else if (node.kind === 'template') {
        this.#include(node.name, node.pipeline === undefined ? OPAQUE : this.#pipeline(node.pipeline, scope));
      } else this.#branch(node, scope);
    }
  }

  #print(pipeline: Pipeline, scope: Scope): void {
    const value = this.#pipeline(pipeline, scope);
    if (pipeline.variables.length > 0) {
      this.#bind(pipeline, value, scope);
      return;
    }
    this.#read(value, 'whole');
    const places = placesOf(value);
    if (places.length > 0 && value.kind !== 'entries')
      this.printed.push({ file: this.#file, start: this.#node.start, end: this.#node.end, places });
  }

  #bind({ variables, isAssigned }: Pipeline, value: Abstract, scope: Scope): void {
    const name = variables[variables.length - 1] ?? '';
    const known = scope.variables.get(name);
    if (isAssigned && known !== undefined) known.value = anyOf([known.value, value]);
    else scope.variables.set(name, { value });
  }

  #branch(node: Extract<TemplateNode, { body: unknown; pipeline: unknown }>, scope: Scope): void {
    this.#loose++;
    const value = this.#pipeline(node.pipeline, scope);
    this.#read(value, 'test');
    this.#loose--;
    const guards = placesOf(value).filter((path) => path[0] === 'Values');
    const inner: Scope = { dot: scope.dot, variables: new Map(scope.variables) };
    let dot = scope.dot;
    if (node.kind === 'with') dot = value;
    else if (node.kind === 'range') {
      dot = fieldOf(value, '*');
      const [first, second] = node.pipeline.variables;
      if (second !== undefined) inner.variables.set(second, { value: dot });
      if (first !== undefined) inner.variables.set(first, { value: second === undefined ? dot : OPAQUE });
    }
    if (node.kind !== 'range' && node.pipeline.variables.length > 0) this.#bind(node.pipeline, value, inner);
    // A condition inside `and` and `not` was noted when it was read.
    const asked = this.#takeTests();
    this.#guards.push(...guards, ...asked);
    this.#list(node.body, { ...inner, dot });
    this.#guards.length -= guards.length + asked.length;
    this.#list(node.otherwise, { dot: scope.dot, variables: new Map(scope.variables) });
  }

  #tests: (readonly string[])[] = [];

  #takeTests(): readonly (readonly string[])[] {
    const tests = this.#tests;
    this.#tests = [];
    return tests;
  }

  #include(name: string, context: Abstract): void {
    const definition = this.#definitions.get(name);
    if (definition === undefined) {
      // A template of a library that is not in sight may read all that it is given.
      this.#read(context, 'whole');
      return;
    }
    const key = `${name}\n${keyOf(context)}`;
    if (this.#done.has(key)) return;
    this.#done.add(key);
    if (this.#nesting >= MAX_NESTING) {
      this.unclear ??= 'the templates include one another too deep';
      return;
    }
    const before = { file: this.#file, node: this.#node };
    this.#nesting++;
    this.#file = definition.file;
    this.#list(definition.body, { dot: context, variables: new Map([['', { value: context }]]) });
    this.#nesting--;
    this.#file = before.file;
    this.#node = before.node;
  }

  #pipeline(pipeline: Pipeline, scope: Scope): Abstract {
    // What a default follows in the pipe may be missing.
    let piped: Abstract | undefined;
    for (const [index, command] of pipeline.commands.entries()) {
      const next = pipeline.commands[index + 1]?.[0];
      const isLoose = next?.kind === 'function' && LOOSE.has(next.name);
      if (isLoose) this.#loose++;
      piped = this.#command(command, piped, scope);
      if (isLoose) this.#loose--;
    }
    return piped ?? OPAQUE;
  }

  #command(command: readonly Operand[], piped: Abstract | undefined, scope: Scope): Abstract {
    const [first, ...others] = command;
    if (first === undefined) return OPAQUE;
    if (first.kind !== 'function') {
      const value = this.#operand(first, scope);
      if (others.length === 0 && piped === undefined) return value;
      // A method: `.Files.Get "x"`, `.Capabilities.APIVersions.Has "batch/v1"`.
      for (const other of others) this.#read(this.#operand(other, scope), 'whole');
      if (piped !== undefined) this.#read(piped, 'whole');
      if (value.kind === 'place' && value.path[0] === 'Capabilities') this.#call(value.path.join('.'), others[0]);
      return value.kind === 'place' && value.path[0] === 'Values' ? this.#wholeOf([value]) : OPAQUE;
    }
    const isLoose = LOOSE.has(first.name);
    if (isLoose) this.#loose++;
    const given = others.map((other) => this.#operand(other, scope));
    if (piped !== undefined) given.push(piped);
    const value = this.#call1(first.name, given, others);
    if (isLoose) this.#loose--;
    return value;
  }

  #operand(operand: Operand, scope: Scope): Abstract {
    switch (operand.kind) {
      case 'dot':
        return this.#fields(scope.dot, operand.fields);
      case 'variable':
        return this.#fields(scope.variables.get(operand.name)?.value ?? OPAQUE, operand.fields);
      case 'text':
        return { kind: 'text', text: operand.text };
      case 'inner':
        return this.#fields(this.#pipeline(operand.pipeline, scope), operand.fields);
      case 'function':
        return this.#call1(operand.name, [], []);
      default:
        return OPAQUE;
    }
  }

  #fields(value: Abstract, fields: readonly string[]): Abstract {
    const found = fields.reduce(fieldOf, value);
    if (found.kind === 'place' && found.path[0] === 'Capabilities') this.#call(found.path.join('.'), undefined);
    return found;
  }

  #call(name: string, argument: Operand | undefined): void {
    const text = argument?.kind === 'text' ? argument.text : undefined;
    this.calls.push({
      name,
      file: this.#file,
      start: this.#node.start,
      end: this.#node.end,
      ...(text === undefined ? {} : { argument: text }),
    });
  }

  #call1(name: string, given: readonly Abstract[], operands: readonly Operand[]): Abstract {
    const last = given[given.length - 1] ?? OPAQUE;
    const first = given[0] ?? OPAQUE;
    if (OTHER_EACH_TIME.has(name)) this.#call(name, operands[0]);
    if (SAME.has(name)) {
      if (name === 'unset' || name === 'omit' || name === 'pick') return first;
      return last;
    }
    if (TESTS.has(name)) {
      for (const value of given) this.#read(value, 'test');
      return OPAQUE;
    }
    switch (name) {
      case 'include':
        this.#includeCall(first, given[1] ?? OPAQUE, operands[0]);
        return OPAQUE;
      case 'tpl':
        return this.#template(first, given[1] ?? OPAQUE);
      case 'and':
      case 'or':
      case 'default':
      case 'coalesce':
      case 'merge':
      case 'mergeOverwrite':
      case 'mustMerge':
      case 'mustMergeOverwrite':
      case 'concat':
        for (const value of given) this.#read(value, 'test');
        return anyOf(given);
      case 'list':
      case 'tuple':
        return entriesOf(new Map(given.map((value, index) => [String(index), value])));
      case 'append':
      case 'prepend':
      case 'mustAppend':
        return anyOf([first, entriesOf(new Map([['0', given[1] ?? OPAQUE]]))]);
      case 'first':
      case 'last':
      case 'mustFirst':
        return fieldOf(last, '*');
      case 'required':
        return given[1] ?? OPAQUE;
      case 'ternary':
        this.#read(given[2] ?? OPAQUE, 'test');
        return anyOf(given.slice(0, 2));
      case 'dict':
        return this.#dictionary(given);
      case 'set':
        this.#read(given[2] ?? OPAQUE, 'whole');
        return first;
      case 'index':
      case 'get':
      case 'hasKey':
      case 'pluck':
      case 'dig':
        return this.#lookUp(name, given);
      default:
        return this.#wholeOf(given);
    }
  }

  #includeCall(name: Abstract, context: Abstract, operand: Operand | undefined): void {
    if (name.kind === 'text') this.#include(name.text, context);
    // `include (print $.Template.BasePath "/config.yaml") .` prints another file of the chart, which is read by itself.
    else if (operand?.kind !== 'inner' || keyOf(context) !== keyOf(ROOT)) this.#read(context, 'whole');
  }

  #template(text: Abstract, context: Abstract): Abstract {
    this.#read(text, 'whole');
    const isOfValues = text.kind === 'place' || (text.kind === 'any' && text.values.every((value) => value.kind !== 'entries'));
    this.usesTemplatesInValues = true;
    if (!isOfValues || keyOf(context) !== keyOf(ROOT)) this.#read(context, 'whole');
    return OPAQUE;
  }

  #dictionary(given: readonly Abstract[]): Abstract {
    const entries = new Map<string, Abstract>();
    for (let index = 0; index + 1 < given.length; index += 2) {
      const key = given[index];
      const value = given[index + 1] ?? OPAQUE;
      if (key?.kind === 'text') entries.set(key.text, value);
      else return this.#wholeOf(given);
    }
    return entriesOf(entries);
  }

  #lookUp(name: string, given: readonly Abstract[]): Abstract {
    if (name === 'pluck' || name === 'dig') {
      const from = name === 'dig' ? given[given.length - 1] : anyOf(given.slice(1));
      const keys = name === 'dig' ? given.slice(0, -2) : given.slice(0, 1);
      const found = keys.reduce((value: Abstract, key) => this.#item(value, key), from ?? OPAQUE);
      return name === 'dig' ? anyOf([found, given[given.length - 2] ?? OPAQUE]) : entriesOf(new Map([['0', found]]));
    }
    const [from, ...keys] = given;
    const found = keys.reduce((value: Abstract, key) => this.#item(value, key), from ?? OPAQUE);
    if (name !== 'hasKey') return found;
    this.#read(found, 'test');
    return OPAQUE;
  }

  #item(value: Abstract, key: Abstract): Abstract {
    if (key.kind === 'text') return fieldOf(value, key.text);
    this.#read(key, 'whole');
    return fieldOf(value, '*');
  }

  #wholeOf(given: readonly Abstract[]): Abstract {
    for (const value of given) this.#read(value, 'whole');
    return OPAQUE;
  }

  #read(value: Abstract, how: ValueRead['how']): void {
    for (const place of placesOf(value)) {
      if (++this.#steps > MAX_STEPS) {
        this.unclear ??= 'the templates read too much';
        return;
      }
      // The chart's whole root, handed to what is not understood, has the values in it.
      if (place.length > 0 && place[0] !== 'Values') continue;
      const path = place.slice(1);
      const isGuarded = this.#loose > 0 || this.#guards.some((guard) => guard.every((step, index) => place[index] === step));
      // All of it may be looked at through what is too much to follow.
      this.values.push({
        path,
        how: place.length === 0 ? 'whole' : how,
        isGuarded,
        file: this.#file,
        start: this.#node.start,
        end: this.#node.end,
      });
      if (how === 'test' && this.#loose > 0) this.#tests.push(place);
    }
  }
}

/** Functions beside which a value may be missing. */
const LOOSE = new Set('default coalesce and or not empty hasKey dig get ternary eq ne'.split(' '));

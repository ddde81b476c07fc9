import { type CelType, createEnvironment, type Environment, optionalOf, type Program, STRING } from '@plumbline/cel';
import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { celTypeOfSchema } from '../cel-types.ts';
import { patternLibrary } from '../pattern.ts';
import { readFieldPath } from './field-path.ts';

/** One of x-kubernetes-validations. */
export interface CustomRule {
  readonly rule: string;
  /** Undefined where it does not compile, which is said of the definition. */
  readonly program: Program | undefined;
  readonly message: string;
  readonly messageProgram: Program | undefined;
  /** Below the value that the rule stands at; `[]` for that value. */
  readonly fieldPath: FieldPath;
  /** `FieldValueRequired` and the like. */
  readonly reason: string;
  /** Whether it speaks of a change: passed over where nothing was before. */
  readonly isTransition: boolean;
  readonly takesOptionalOld: boolean;
  /** Of the value that the rule stands at. */
  readonly selfType: CelType;
}

/** A level of a schema that has rules, or has some below. */
export interface RuledLevel {
  readonly rules: readonly CustomRule[];
  readonly members: ReadonlyMap<string, RuledLevel>;
  /** Of the items of a list, or the values of a map. */
  readonly each: RuledLevel | undefined;
}

const known = new WeakMap<JsonObject, Map<number, RuledLevel | null>>();

/** The rules of a version's schema, compiled for a minor of Kubernetes 1.x; undefined where it has none. */
export function rulesOf(schema: JsonObject, minor: number): RuledLevel | undefined {
  let byMinor = known.get(schema);
  if (byMinor === undefined) {
    byMinor = new Map();
    known.set(schema, byMinor);
  }
  let level = byMinor.get(minor);
  if (level === undefined) {
    level = levelOf(schema, minor, true) ?? null;
    byMinor.set(minor, level);
  }
  return level ?? undefined;
}

function levelOf(schema: JsonObject, minor: number, isRoot: boolean): RuledLevel | undefined {
  const rules = compileRules(schema, minor, isRoot);
  const members = new Map<string, RuledLevel>();
  const properties = schema.properties;
  for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
    const below = isObject(property) ? levelOf(property, minor, property['x-kubernetes-embedded-resource'] === true) : undefined;
    if (below !== undefined) members.set(name, below);
  }
  const part = isObject(schema.items) ? schema.items : schema.additionalProperties;
  const each = isObject(part) ? levelOf(part, minor, part['x-kubernetes-embedded-resource'] === true) : undefined;
  return rules.length === 0 && members.size === 0 && each === undefined ? undefined : { rules, members, each };
}

/** Rules of the level itself, and of what `allOf` adds to it. */
function compileRules(schema: JsonObject, minor: number, isRoot: boolean): readonly CustomRule[] {
  const written = [schema, ...(isArray(schema.allOf) ? schema.allOf : [])].flatMap((part) => {
    const list = member(part, 'x-kubernetes-validations');
    return isArray(list) ? list.filter(isObject) : [];
  });
  if (written.length === 0) return [];
  const type = celTypeOfSchema(schema, 'selfType', isRoot);
  return type === undefined ? [] : written.map((one) => compileRule(one, type, minor));
}

function compileRule(written: JsonObject, type: CelType, minor: number): CustomRule {
  const takesOptionalOld = written.optionalOldSelf === true;
  const environment = environmentOf(type, takesOptionalOld, minor);
  const rule = textIn(written, 'rule');
  const messageExpression = textIn(written, 'messageExpression');
  const program = programOf(environment, rule);
  return {
    rule,
    program,
    message: textIn(written, 'message').trim(),
    messageProgram: messageExpression === '' ? undefined : programOf(environment, messageExpression, true),
    fieldPath: readFieldPath(textIn(written, 'fieldPath')),
    reason: textIn(written, 'reason'),
    isTransition: program?.references.has('oldSelf') === true,
    takesOptionalOld,
    selfType: type,
  };
}

function environmentOf(type: CelType, takesOptionalOld: boolean, minor: number): Environment {
  const variables = [
    { name: 'self', type },
    { name: 'oldSelf', type: takesOptionalOld ? optionalOf(type) : type },
  ];
  return createEnvironment({ minor, variables, patterns: patternLibrary });
}

function programOf(environment: Environment, text: string, isText = false): Program | undefined {
  const compilation = environment.compile(text);
  if (!compilation.ok) return undefined;
  const { type } = compilation.program;
  return !isText || type.kind === STRING.kind || type.kind === 'dyn' ? compilation.program : undefined;
}

function textIn(object: JsonObject, key: string): string {
  const value: JsonValue | undefined = object[key];
  return typeof value === 'string' ? value : '';
}

import { BOOL, createEnvironment, DYN, type PatternLibrary, type Program, STRING } from '@plumbline/cel';
import {
  type CelRuleConfig,
  ConfigError,
  type FieldPath,
  type NotEvaluated,
  type Problem,
  placeInCelRule,
  type Resource,
  type ResourceRule,
} from '@plumbline/core';
import { compileExpression, type Expression } from './expression.ts';
import { fieldsLookedAt } from './why.ts';

// As much as the server lets one expression cost.
const COST_LIMIT = 1_000_000;
const NOTHING: readonly (Problem | NotEvaluated)[] = [];

/** The rules that people write in plumbline.yaml. Throws a ConfigError that names every expression that does not compile, with its place inside. */
export function createCelRules(configs: readonly CelRuleConfig[], patterns: () => PatternLibrary): readonly ResourceRule[] {
  if (configs.length === 0) return [];
  const environment = createEnvironment({ patterns, variables: [{ name: 'object', type: DYN }] });
  const faults: string[] = [];
  const ids = new Set<string>();
  const compile = (config: CelRuleConfig, key: 'expression' | 'messageExpression', type: typeof BOOL): Expression | undefined => {
    const text = config[key];
    if (text === undefined) return undefined;
    const expression = compileExpression(environment, text, [key], [type, DYN]);
    const { compiled } = expression;
    if ('program' in compiled) return expression;
    const { issues, message } = compiled;
    for (const issue of issues) faults.push(`${placeInCelRule(config, key, issue.offset)}cel/${config.id}: ${issue.message}`);
    if (issues.length === 0) faults.push(`${placeInCelRule(config, key)}cel/${config.id}: ${inPlainWords(message)}`);
    return undefined;
  };
  const rules = configs.flatMap((config): readonly ResourceRule[] => {
    if (ids.has(config.id)) faults.push(`${placeInCelRule(config, 'id')}there are two rules cel/${config.id}`);
    ids.add(config.id);
    const path = config.path === undefined ? undefined : readPath(config.path);
    if (path === undefined && config.path !== undefined)
      faults.push(
        `${placeInCelRule(config, 'path')}cel/${config.id}: ${JSON.stringify(config.path)} is no path, as spec.replicas or /spec/replicas`,
      );
    const expression = compile(config, 'expression', BOOL);
    const message = compile(config, 'messageExpression', STRING);
    return expression === undefined ? [] : [ruleOf(config, expression, message, path)];
  });
  if (faults.length > 0) throw new ConfigError('config-invalid', faults.join('\n'));
  return rules;
}

function inPlainWords(message: string): string {
  return message.replace(
    /^must evaluate to one of \[(\w+) dyn\] but got /,
    (_, type) => `it must give ${type === 'bool' ? 'true or false' : 'a text'}, not `,
  );
}

function ruleOf(config: CelRuleConfig, expression: Expression, message: Expression | undefined, path: FieldPath | undefined): ResourceRule {
  return {
    id: `cel/${config.id}`,
    title: config.title ?? config.message ?? `the expression of cel/${config.id} holds`,
    why: 'the configuration asks for it',
    remedy: config.remedy ?? '',
    severity: config.severity ?? 'error',
    class: config.class ?? 'policy',
    set: 'core',
    kinds: config.kinds,
    check(resource) {
      const evaluation = programOf(expression)?.evaluate({ object: resource.object }, { costLimit: COST_LIMIT });
      if (evaluation === undefined || (evaluation.ok && evaluation.value === true)) return NOTHING;
      const said = !evaluation.ok
        ? `the expression fails: ${evaluation.error.message}`
        : evaluation.value === false
          ? saying(config, message, resource)
          : 'the expression gives neither true nor false';
      return [problemOf(said, expression, path, resource)];
    },
  };
}

function problemOf(message: string, expression: Expression, path: FieldPath | undefined, resource: Resource): Problem {
  const roots = { object: resource.object, params: null };
  const steps = (at: Expression) => programOf(at)?.explain({ object: resource.object }, { costLimit: COST_LIMIT }).steps ?? [];
  const looked = fieldsLookedAt(expression, { steps, variable: () => undefined }, roots);
  const at = path ?? looked[0]?.path;
  return {
    message,
    ...(at === undefined ? {} : { path: at }),
    related: looked.map((one) => ({ resource, path: one.path, message: one.says })),
  };
}

function saying(config: CelRuleConfig, message: Expression | undefined, { object }: Resource): string {
  const made = message === undefined ? undefined : programOf(message)?.evaluate({ object }, { costLimit: COST_LIMIT });
  if (made?.ok === true && typeof made.value === 'string' && made.value.trim() !== '') return made.value;
  return config.message ?? `failed expression: ${config.expression.trim()}`;
}

function programOf({ compiled }: Expression): Program | undefined {
  return 'program' in compiled ? compiled.program : undefined;
}

const DOTTED = /^(?:[A-Za-z_$][\w$-]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])(?:\.[A-Za-z_$][\w$-]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*$/;
const STEP = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([A-Za-z_$][\w$-]*)/g;

/** `spec.containers[0].image`, `metadata.annotations["a.b/c"]` or a JSON pointer; undefined for what is neither. */
function readPath(text: string): FieldPath | undefined {
  if (text.startsWith('/')) {
    const steps = text.slice(1).split('/');
    return steps.map((step) => (/^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
  }
  if (!DOTTED.test(text)) return undefined;
  return [...text.matchAll(STEP)].map(([, index, quoted, name]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (name ?? '') : String(JSON.parse(quoted));
  });
}

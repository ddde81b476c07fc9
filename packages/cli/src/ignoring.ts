import {
  ConfigError,
  type DriftIgnore,
  ENGINE_RULES,
  type Finding,
  isObject,
  type JsonObject,
  parse,
  placeInIgnoreRule,
  type Report,
  type SourceFile,
} from '@plumbline/core';
import { expressionPlace, type IgnoreRule, type Ignoring, ignoringOf, pointerPlace } from '@plumbline/drift';
import { compilePattern } from './load-patterns.ts';
import type { Sides } from './sides.ts';

/** Which differences do not count in a run, and what is to be said of the rules that say so. */
export interface RunIgnoring {
  readonly ignoring: Ignoring;
  /** Rules of the configuration that have expired or covered nothing; to be asked after the comparison. */
  findings(): readonly Finding[];
  /** What Argo CD or Flux is told to ignore and that is not understood. */
  readonly notEvaluated: Report['notEvaluated'];
}

/** Of the configuration, and of what Argo CD and Flux are told. Throws `config-invalid` where a field of a rule is not understood. */
export async function ignoringFor({ config, desired, actual, around, isWhole }: Sides): Promise<RunIgnoring> {
  const written = new Map((config.drift?.ignore ?? []).map((rule) => [ruleOf(rule), rule]));
  const ignoring = ignoringOf({
    rules: [...written.keys()],
    today: new Date().toISOString().slice(0, 10),
    withoutSets: config.drift?.withoutBuiltInSets ?? [],
    deployers: [...desired, ...actual].map(({ object }) => object).concat((await around()).flatMap(deployersIn)),
    compilePattern,
  });
  return {
    ignoring,
    findings: () => [
      ...ignoring.expired.map((rule) =>
        finding('engine/waiver-expired', `the drift ignore rule "${rule.reason}" expired on "${rule.expires}"`, written.get(rule)),
      ),
      ...(isWhole ? ignoring.unused() : []).map((rule) =>
        finding('engine/suppression-unused', `the drift ignore rule "${rule.reason}" covers nothing`, written.get(rule)),
      ),
    ],
    notEvaluated: [...new Set(ignoring.problems.map(({ rule, problem }) => `${rule.reason}: ${problem}`))].map((reason) => {
      return { rule: 'drift/changed', reason, count: 1, examples: [] };
    }),
  };
}

function ruleOf(rule: DriftIgnore): IgnoreRule {
  for (const [key, read] of [
    ['pointers', pointerPlace],
    ['jsonPaths', expressionPlace],
  ] as const) {
    for (const [index, text] of (rule[key] ?? []).entries()) {
      const place = read(text);
      if ('problem' in place) throw new ConfigError('config-invalid', `${placeInIgnoreRule(rule, key, index)}${place.problem}`);
    }
  }
  const { pointers, jsonPaths, managers, paths, resource, reason, expires } = rule;
  const { kind, namespace, name } = resource ?? {};
  const [first = '', second] = kind?.split('/') ?? [];
  return {
    reason,
    ...(pointers === undefined ? {} : { pointers }),
    ...(jsonPaths === undefined ? {} : { expressions: jsonPaths }),
    ...(managers === undefined ? {} : { managers }),
    ...(paths === undefined ? {} : { paths }),
    ...(expires === undefined ? {} : { expires }),
    target: {
      ...(kind === undefined ? {} : second === undefined ? { kind: first } : { group: first, kind: second }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
    },
  };
}

const MARKS = ['argoproj.io', 'toolkit.fluxcd.io', 'argocd-cm'];

/** The objects of a file around, where it may have some that tell what is to be ignored. */
function deployersIn(file: SourceFile): readonly JsonObject[] {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  if (!MARKS.some((mark) => bytes.includes(mark))) return [];
  return parse(file).flatMap(({ value }) => (isObject(value) ? [value] : []));
}

function finding(rule: 'engine/waiver-expired' | 'engine/suppression-unused', message: string, of: DriftIgnore | undefined): Finding {
  const { class: own, severity } = ENGINE_RULES[rule];
  return { rule, class: own, severity, message, resource: null, path: '', location: of?.location ?? null, fingerprint: '' };
}

import {
  ConfigError,
  type DriftIgnore,
  ENGINE_RULES,
  type FieldPath,
  type Finding,
  hashParts,
  isObject,
  type JsonObject,
  parse,
  placeInIgnoreRule,
  type Report,
  type Resource,
  type SourceFile,
  toPointer,
} from '@plumbline/core';
import { type Drift, expressionPlace, type IgnoreRule, type Ignoring, ignoringOf, locationOf, pointerPlace, refOf } from '@plumbline/drift';
import { compilePattern } from './load-patterns.ts';
import type { Sides } from './sides.ts';

/** Which differences do not count in a run, and what is to be said of the rules that say so. */
export interface RunIgnoring {
  readonly ignoring: Ignoring;
  /** Rules that have expired, or that cover nothing in the objects compared. */
  findings(drifts: readonly Drift[]): readonly Finding[];
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
    findings: (drifts) => [
      ...ignoring.expired.map((rule) =>
        finding('engine/waiver-expired', `the drift ignore rule "${rule.reason}" expired on "${rule.expires}"`, written.get(rule)),
      ),
      ...(isWhole ? ignoring.unused() : []).map((rule) =>
        finding('engine/suppression-unused', `the drift ignore rule "${rule.reason}" covers nothing`, written.get(rule)),
      ),
      ...(isWhole ? ignoring.idle(drifts) : []).flatMap(({ object, path }) => {
        const resource = desired.find((each) => each.object === object);
        return resource === undefined ? [] : [idleFinding(resource, path)];
      }),
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

/** Of an entry that Argo CD or Flux is told, where it is written. */
function idleFinding(resource: Resource, path: FieldPath): Finding {
  const rule = 'engine/suppression-unused';
  const { class: own, severity } = ENGINE_RULES[rule];
  const message = `this entry of ${String(path.at(-2))} covers nothing: no object that it is about has what it names`;
  const [ref, pointer] = [refOf(resource), toPointer(path)];
  const fingerprint = hashParts([rule, resource.unit.id, ref.kind, ref.namespace ?? '', ref.name, pointer]);
  return {
    rule,
    class: own,
    severity,
    message,
    units: [resource.unit.id],
    resource: ref,
    path: pointer,
    location: locationOf(resource, path),
    fingerprint,
  };
}

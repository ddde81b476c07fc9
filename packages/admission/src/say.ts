import type {
  JsonObject,
  JsonValue,
  NotEvaluated,
  PolicyRef,
  Problem,
  Related,
  Resource,
  RuleContext,
  RuleInfo,
  Severity,
} from '@plumbline/core';
import { valueAt } from '@plumbline/core';
import type { Outcome } from './ask.ts';
import { nameOf } from './bindings.ts';
import type { MutationFailure } from './mutate.ts';
import type { MutatingPolicy } from './mutating-policy.ts';
import type { ValidatingPolicy } from './validating-policy.ts';
import type { Looked } from './why.ts';
import { resourceOf } from './world-of.ts';

const SEVERITY: Readonly<Record<Outcome['actions'][number], Severity>> = { Deny: 'error', Warn: 'warning', Audit: 'info' };

/** What an outcome has to say of a resource: nothing where it admits. */
export function* sayOutcome({ policy, binding, actions, decision }: Outcome, resource: Resource, context: RuleContext): Said {
  const rule = `vap/${policy.name}`;
  if (decision.outcome === 'unknown') {
    yield { notEvaluated: decision.message, rule };
    return;
  }
  if (decision.outcome === 'admit' || (decision.outcome === 'error' && policy.ignoresErrors)) return;
  const looked = decision.why?.() ?? [];
  const path = looked.find(({ root }) => root === 'object')?.path;
  const place = decision.index === undefined ? [] : ['spec', 'validations', decision.index, 'expression'];
  for (const action of actions) {
    yield {
      rule,
      info: infoOf(rule, policy),
      severity: SEVERITY[action],
      message: decision.message,
      ...(path === undefined ? {} : { path }),
      related: looked.flatMap((one) => relatedOf(one, resource, decision.param, context)),
      policy: refOf(policy.object, binding, decision.index === undefined ? undefined : `validations[${decision.index}]`, place, context),
    };
  }
}

/** What a mutation that failed has to say. */
export function* sayFailure({ policy, binding, outcome, message }: MutationFailure, context: RuleContext): Said {
  const rule = `map/${policy.name}`;
  if (outcome === 'unknown') yield { notEvaluated: message, rule };
  else if (!policy.ignoresErrors)
    yield { rule, info: infoOf(rule, policy), message, policy: refOf(policy.object, binding, undefined, [], context) };
}

export type Said = Generator<Problem | NotEvaluated>;

function relatedOf(
  { root, path, says }: Looked,
  resource: Resource,
  param: JsonObject | null | undefined,
  context: RuleContext,
): readonly Related[] {
  if (root === 'object') {
    const isWritten = says.endsWith(' is not there') || valueAt(resource.object, path) !== undefined;
    return [{ resource, path, message: isWritten ? says : `${says}, which the server adds` }];
  }
  const of = param ? resourceOf(param, context) : undefined;
  return [of === undefined ? { resource, path: [], message: says } : { resource: of, path, message: says }];
}

function refOf(
  policy: JsonObject,
  binding: JsonObject | undefined,
  rule: string | undefined,
  path: readonly (string | number)[],
  context: RuleContext,
): PolicyRef {
  const own = resourceOf(policy, context);
  const range = own === undefined ? undefined : own.document.rangeOf([...own.root, ...path]);
  return {
    apiVersion: textOf(policy.apiVersion),
    kind: textOf(policy.kind),
    name: nameOf(policy),
    ...(rule === undefined ? {} : { rule }),
    ...(binding === undefined ? {} : { binding: nameOf(binding) }),
    ...(own === undefined || range === undefined || own.locate !== undefined
      ? {}
      : {
          location: {
            file: own.document.file.path,
            line: range.line,
            column: range.column,
            endLine: range.endLine,
            endColumn: range.endColumn,
          },
        }),
  };
}

function infoOf(id: string, { name, object }: ValidatingPolicy | MutatingPolicy): RuleInfo {
  return {
    id,
    title: `The ${textOf(object.kind)} ${name} admits the object`,
    why: 'The cluster that has the policy refuses the object, or warns of it.',
    remedy: 'Change the object so that the expression holds.',
    severity: 'error',
    class: 'policy',
    set: 'core',
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

import type { FieldPath, JsonObject } from '@plumbline/core';
import { expressionPlace } from './expression-place.ts';
import { covers, type Place } from './place.ts';
import { globOf, pointerPlace } from './pointer-place.ts';

/** Differences that do not count, where somebody else is to decide. */
export interface IgnoreRule {
  /** Which objects; `*` stands for any run of letters, and all that is not said matches. */
  readonly target?: { readonly group?: string; readonly kind?: string; readonly namespace?: string; readonly name?: string };
  /** See pointerPlace. */
  readonly pointers?: readonly string[];
  /** JSONPath or jq paths, see expressionPlace. */
  readonly expressions?: readonly string[];
  /** What these managers own. */
  readonly managers?: readonly string[];
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** A difference as rules see it. */
export interface IgnoreSubject {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly path: FieldPath;
  /** The object that the path goes into. */
  readonly object: JsonObject;
  /** Who owns the live field. */
  readonly managers?: readonly string[];
}

export interface IgnoreRules {
  /** The first rule that covers a difference. */
  find(subject: IgnoreSubject): IgnoreRule | undefined;
  /** What of the rules is not understood; it covers nothing. */
  readonly problems: readonly { readonly rule: IgnoreRule; readonly problem: string }[];
  /** Rules that have expired: they cover nothing. */
  readonly expired: readonly IgnoreRule[];
  /** Rules that covered nothing so far, without the expired ones. */
  unused(): readonly IgnoreRule[];
}

/** Without a day, no rule has expired. */
export function ignoreRules(rules: readonly IgnoreRule[], today?: string): IgnoreRules {
  const problems: { readonly rule: IgnoreRule; readonly problem: string }[] = [];
  const isExpired = (rule: IgnoreRule): boolean => rule.expires !== undefined && today !== undefined && rule.expires < today;
  const compiled = rules.filter((rule) => !isExpired(rule)).map((rule) => compile(rule, (problem) => problems.push({ rule, problem })));
  const used = new Set<IgnoreRule>();
  return {
    problems,
    expired: rules.filter(isExpired),
    find(subject) {
      const found = compiled.find(({ matches }) => matches(subject))?.rule;
      if (found !== undefined) used.add(found);
      return found;
    },
    unused: () => compiled.map(({ rule }) => rule).filter((rule) => !used.has(rule)),
  };
}

interface Compiled {
  readonly rule: IgnoreRule;
  readonly matches: (subject: IgnoreSubject) => boolean;
}

function compile(rule: IgnoreRule, say: (problem: string) => void): Compiled {
  const places: Place[] = [];
  const read = [...(rule.pointers ?? []).map(pointerPlace), ...(rule.expressions ?? []).map(expressionPlace)];
  for (const place of read) {
    if ('problem' in place) say(place.problem);
    else places.push(place);
  }
  const { target = {} } = rule;
  const [group, kind, namespace, name] = [target.group, target.kind, target.namespace, target.name].map(matcher);
  const managers = (rule.managers ?? []).map(globOf);
  return {
    rule,
    matches: (subject) =>
      group?.(subject.group) === true &&
      kind?.(subject.kind) === true &&
      namespace?.(subject.namespace ?? '') === true &&
      name?.(subject.name) === true &&
      (places.some((place) => covers(place, subject.path, subject.object)) ||
        (subject.managers?.some((manager) => managers.some((one) => one(manager))) ?? false)),
  };
}

function matcher(pattern: string | undefined): (text: string) => boolean {
  return pattern === undefined ? () => true : globOf(pattern);
}

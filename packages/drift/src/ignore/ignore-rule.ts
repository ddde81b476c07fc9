import { type FieldPath, type JsonObject, type JsonValue, pathMatcher } from '@plumbline/core';
import type { Pair } from '../pair.ts';
import { expressionPlace } from './expression-place.ts';
import { differOnlyInside, type Side } from './inside.ts';
import { covers, type Place } from './place.ts';
import { exactPlace, globOf, pointerPlace } from './pointer-place.ts';

/** Differences that do not count, where somebody else is to decide. What it says narrows it: fields, and managers of them, of objects. */
export interface IgnoreRule {
  /** Which objects; `*` stands for any run of letters, and all that is not said matches. */
  readonly target?: { readonly group?: string; readonly kind?: string; readonly namespace?: string; readonly name?: string };
  /** Files that the desired object is written in, as globs of the repository. */
  readonly paths?: readonly string[];
  /** What else has to hold of the object. */
  readonly applies?: (subject: IgnoreSubject) => boolean;
  /** See pointerPlace. */
  readonly pointers?: readonly string[];
  /** Pointers of RFC 6901 and no more: `*` is a star. */
  readonly exactPointers?: readonly string[];
  /** JSONPath or jq paths, see expressionPlace. */
  readonly expressions?: readonly string[];
  /** Only what these managers own; `*` stands for any run of letters. */
  readonly managers?: readonly string[];
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** The entry of an Application, HelmRelease or Flux Kustomization that says it, and where in it. */
  readonly origin?: RuleOrigin;
}

export interface RuleOrigin {
  readonly object: JsonObject;
  readonly path: FieldPath;
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
  /** The value at the path; undefined where the side has none. */
  readonly value?: JsonValue | undefined;
  /** Where the desired field is written. */
  readonly file?: string | undefined;
  /** The object on both sides. */
  readonly pair?: Pair;
}

export interface IgnoreRules {
  /** The first rule that covers a difference. */
  find(subject: IgnoreSubject): IgnoreRule | undefined;
  /** The first rule without which two values, desired and live, are the same: it names places inside of them. */
  findInside(desired: IgnoreSubject, live: IgnoreSubject): IgnoreRule | undefined;
  /** An object could not be compared: rules about it are not called unused. */
  leaveOpen(subject: IgnoreSubject): void;
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
  const first = (isIt: (one: Compiled) => boolean): IgnoreRule | undefined => {
    const found = compiled.find(isIt)?.rule;
    if (found !== undefined) used.add(found);
    return found;
  };
  return {
    problems,
    expired: rules.filter(isExpired),
    find: (subject) => first(({ matches }) => matches(subject)),
    findInside: (desired, live) => first(({ matchesInside }) => matchesInside(desired, live)),
    leaveOpen(subject) {
      for (const { rule, isAbout } of compiled) if (isAbout(subject)) used.add(rule);
    },
    unused: () => compiled.map(({ rule }) => rule).filter((rule) => !used.has(rule)),
  };
}

export interface Compiled {
  readonly rule: IgnoreRule;
  readonly places: readonly Place[];
  readonly isAbout: (subject: IgnoreSubject) => boolean;
  readonly matches: (subject: IgnoreSubject) => boolean;
  readonly matchesInside: (desired: IgnoreSubject, live: IgnoreSubject) => boolean;
}

export function compile(rule: IgnoreRule, say: (problem: string) => void): Compiled {
  const places: Place[] = [];
  const read = [
    ...(rule.pointers ?? []).map((pointer) => pointerPlace(pointer)),
    ...(rule.exactPointers ?? []).map(exactPlace),
    ...(rule.expressions ?? []).map(expressionPlace),
  ];
  for (const place of read) {
    if ('problem' in place) say(place.problem);
    else places.push(place);
  }
  const { target = {} } = rule;
  const [group, kind, namespace, name] = [target.group, target.kind, target.namespace, target.name].map(matcher);
  const managers = rule.managers?.map(globOf);
  const isPath = rule.paths === undefined ? undefined : pathMatcher(rule.paths);
  const isAbout = (subject: IgnoreSubject): boolean =>
    group?.(subject.group) === true &&
    kind?.(subject.kind) === true &&
    namespace?.(subject.namespace ?? '') === true &&
    name?.(subject.name) === true &&
    (isPath === undefined || (subject.file !== undefined && isPath(subject.file))) &&
    rule.applies?.(subject) !== false;
  // What says no field is about all that its managers own; where none of its fields is understood, about nothing.
  const isPlace = (subject: IgnoreSubject): boolean =>
    read.length === 0 ? managers !== undefined : places.some((place) => covers(place, subject.path, subject.object));
  // Nobody owns an object as a whole.
  const isManager = (subject: IgnoreSubject): boolean =>
    managers === undefined ||
    (subject.path.length > 0 && subject.managers?.some((manager) => managers.some((one) => one(manager))) === true);
  return {
    rule,
    places,
    isAbout,
    matches: (subject) => isAbout(subject) && isPlace(subject) && isManager(subject),
    matchesInside: (desired, live) =>
      places.length > 0 && isAbout(desired) && isManager(desired) && differOnlyInside(places, sideOf(desired), sideOf(live)),
  };
}

function sideOf({ path, object, value }: IgnoreSubject): Side {
  return { path, object, value };
}

function matcher(pattern: string | undefined): (text: string) => boolean {
  return pattern === undefined ? () => true : globOf(pattern);
}

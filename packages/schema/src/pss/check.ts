import type { FieldPath } from '@plumbline/core';
import { textIn } from '../native/values.ts';
import type { Pod } from './pod.ts';

/** A check of the Pod Security Standards: k8s.io/pod-security-admission/policy. */
export interface Check {
  /** The server's name of it, which also orders the checks of a level. */
  readonly id: string;
  /** The public id of a rule that would be this check alone, of the newest version. */
  readonly rule: string;
  /** The restricted level has the checks of baseline too, unless one of its own overrides them. */
  readonly level: 'baseline' | 'restricted';
  /** What the check is from a minor of the policy version on, oldest first. */
  readonly versions: readonly CheckVersion[];
}

export interface CheckVersion {
  readonly since: number;
  /** Ids of the baseline checks that it makes needless. */
  readonly overrides?: readonly string[];
  judge(pod: Pod): Violation | undefined;
}

/** What a pod breaks, in the server's words: `reason (detail)`. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
  readonly spots: readonly Spot[];
}

/** A field that is wrong; `key`: one that is missing. */
export interface Spot {
  readonly path: FieldPath;
  readonly part?: 'key';
}

/** `"a", "b"` */
export function quoteAll(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ');
}

export function plural(one: string, several: string, count: number): string {
  return count === 1 ? one : several;
}

/** `container "a"`, `containers "a", "b"` */
export function containersNamed(names: readonly string[]): string {
  return `${plural('container', 'containers', names.length)} ${quoteAll(names)}`;
}

/** Names of what is set badly: the pod, containers, or both. */
export function settersOf(isPodBad: boolean, names: readonly string[]): string[] {
  return [...(isPodBad ? ['pod'] : []), ...(names.length === 0 ? [] : [containersNamed(names)])];
}

/** The values in the order of a sorted set. */
export function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

/** The bad containers of a check, with what is bad in them. */
export interface Bad {
  readonly names: string[];
  readonly spots: Spot[];
}

/** Looks through the containers; `find` gives the fields that are wrong, relative to the container. */
export function badContainers(pod: Pod, find: (container: Pod['containers'][number]['container']) => readonly Spot[]): Bad {
  const bad: Bad = { names: [], spots: [] };
  for (const { container, path } of pod.containers) {
    const spots = find(container);
    if (spots.length === 0) continue;
    bad.names.push(textIn(container, 'name'));
    for (const spot of spots) bad.spots.push({ ...spot, path: [...path, ...spot.path] });
  }
  return bad;
}

import { isArray, type JsonObject, type JsonValue, member } from '@plumbline/core';

/** The spec of a new Pod as the admission plugins Priority and DefaultTolerationSeconds leave it. */
export function admittedPodSpec(spec: JsonObject): JsonObject {
  return { ...spec, ...priorityOf(spec), tolerations: tolerationsOf(spec) };
}

const SYSTEM_CLASSES: Readonly<Record<string, number | undefined>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** Of classes that a cluster defines itself the number is not known here. */
function priorityOf({ priorityClassName, preemptionPolicy }: JsonObject): JsonObject {
  const hasClass = typeof priorityClassName === 'string' && priorityClassName !== '';
  const priority = hasClass ? (Object.hasOwn(SYSTEM_CLASSES, priorityClassName) ? SYSTEM_CLASSES[priorityClassName] : undefined) : 0;
  return priority === undefined ? {} : { priority, preemptionPolicy: preemptionPolicy ?? 'PreemptLowerPriority' };
}

function tolerationsOf({ tolerations }: JsonObject): readonly JsonValue[] {
  const own = isArray(tolerations) ? tolerations : [];
  const isTolerated = (taint: string): boolean =>
    own.some((one) => [undefined, '', taint].includes(textIn(one, 'key')) && [undefined, '', 'NoExecute'].includes(textIn(one, 'effect')));
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter((taint) => !isTolerated(taint));
  return [...own, ...added.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))];
}

function textIn(value: JsonValue, key: string): string | undefined {
  const text = member(value, key);
  return typeof text === 'string' ? text : undefined;
}

/** Guaranteed where every container limits cpu and memory and asks for no less; BestEffort where none says anything of them. */
export function qosClassOf({ spec }: JsonObject): string {
  const containers = ['containers', 'initContainers'].flatMap((key) => {
    const list = member(spec, key);
    return isArray(list) ? list : [];
  });
  const amounts = (container: JsonValue, key: string): readonly string[] =>
    ['cpu', 'memory'].map((name) => JSON.stringify(member(member(member(container, 'resources'), key), name) ?? null));
  const isNothing = (list: readonly string[]): boolean => list.every((one) => one === 'null');
  if (containers.every((one) => isNothing(amounts(one, 'limits')) && isNothing(amounts(one, 'requests')))) return 'BestEffort';
  const isWhole = containers.every((one) => {
    const limits = amounts(one, 'limits');
    return limits.every((limit, index) => limit !== 'null' && [limit, 'null'].includes(amounts(one, 'requests')[index] ?? 'null'));
  });
  return isWhole ? 'Guaranteed' : 'Burstable';
}

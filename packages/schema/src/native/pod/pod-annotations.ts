import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { createVerdict, quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { listIn, objectIn, textIn } from '../values.ts';
import { clash } from './clash.ts';
import { APPARMOR, checkProfileAnnotation, SECCOMP, SECCOMP_POD } from './profile-annotations.ts';
import { checkTolerations } from './tolerations.ts';

const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';

/** Annotations that say something of the pod beside them: ValidatePodSpecificAnnotations. That some are deprecated, a policy says. `at`: of the Pod or template. */
export function checkPodAnnotations(pod: JsonObject, spec: JsonObject, at: Place, judgement: Judgement, isPod: boolean): void {
  const annotations = objectIn(objectIn(pod, 'metadata'), 'annotations');
  if (annotations === undefined) return;
  for (const key in annotations) {
    if (!key.includes('kubernetes.io/')) continue;
    const value = annotations[key];
    if (key === TOLERATIONS) checkOldTolerations(value, place(at, key), judgement);
    else if (key === DELETION_COST) checkCost(value, place(at, key), judgement);
    else if (key === MIRROR) checkMirror(spec, value, at, judgement, isPod);
    else if (key === SECCOMP_POD || key.startsWith(SECCOMP) || key.startsWith(APPARMOR))
      checkProfileAnnotation(key, typeof value === 'string' ? value : '', spec, at, judgement, isPod);
  }
}

function place(at: Place, key: string): Place {
  return at.in('metadata').in('annotations').in(key);
}

/** A whole number of 32 bits, without a plus or a nought before it. */
function checkCost(value: JsonValue | undefined, at: Place, judgement: Judgement): void {
  if (typeof value !== 'string') return;
  const cost = /^(?:0|-\d+|[1-9]\d*)$/.test(value) ? Number(value) : Number.NaN;
  if (!(cost >= -2147483648 && cost <= 2147483647))
    invalid(judgement, at, value, `deletion cost ${quote(value)} is no whole number of 32 bits`);
}

/** A pod of the kubelet's own, of which the server keeps an image. */
function checkMirror(spec: JsonObject, value: JsonValue | undefined, at: Place, judgement: Judgement, isPod: boolean): void {
  if (textIn(spec, 'nodeName') === '')
    clash(judgement, place(at, MIRROR), value, 'only the kubelet mirrors pods: the pod of the annotation needs a nodeName');
  if (isPod && listIn(spec, 'resourceClaims').length > 0 && judgement.minor >= 34)
    clash(judgement, at.in('spec').in('resourceClaims'), undefined, 'a pod that the kubelet mirrors has no resourceClaims');
}

/** What tolerations once were: a list in JSON. */
function checkOldTolerations(value: JsonValue | undefined, at: Place, judgement: Judgement): void {
  if (typeof value !== 'string' || value === '') return;
  const tolerations = parse(value);
  if (tolerations === null) return;
  if (!isArray(tolerations) || !tolerations.every((one) => one === null || isObject(one))) {
    invalid(judgement, at, value, 'the annotation is no list of tolerations in JSON');
    return;
  }
  const verdict = createVerdict(judgement.verdict.isFilledIn);
  checkTolerations({ tolerations: tolerations.map(named) }, ROOT, { ...judgement, verdict });
  const fault = verdict.problems.find((one) => one.class === 'refusal');
  if (fault !== undefined) invalid(judgement, at, value, `in the annotation's tolerations, ${fault.message}`);
}

const FIELDS = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'] as const;

/** A toleration with its fields as they are spelt: Go takes them in any case. */
function named(toleration: JsonValue): JsonValue {
  if (!isObject(toleration)) return toleration;
  const entries = Object.entries(toleration);
  return Object.fromEntries(entries.map(([key, value]) => [FIELDS.find((one) => one.toLowerCase() === key.toLowerCase()) ?? key, value]));
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue; // what JSON.parse gives without a reviver
  } catch {
    return undefined;
  }
}

import { type JsonObject, mayGainFields, type Resource } from '@plumbline/core';
import type { Verdict } from '../verdict.ts';
import { APPS } from './apps.ts';
import { CORE } from './core.ts';
import type { Judgement } from './judgement.ts';
import { NETWORK } from './network.ts';
import { POD_KINDS } from './pod-kinds.ts';
import { rareCheck } from './rare-kinds.ts';

/** Judges an object of one kind as the server's own code does after decoding and defaulting. It may have wrong types, which the schema says. */
export type NativeCheck = (object: JsonObject, judgement: Judgement) => void;

/** `group/Kind` → what the server checks of it, for kinds that most repositories have. A kind is in one table. */
const CHECKS: Readonly<Record<string, NativeCheck>> = { ...POD_KINDS, ...APPS, ...CORE, ...NETWORK };

/** What no schema says and the API server decides: pkg/apis/…/validation of k8s.io/kubernetes. */
export function judgeNative(resource: Resource, minor: number, verdict: Verdict): void {
  const { gvk } = resource;
  const key = `${gvk.group}/${gvk.kind}`;
  const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : rareCheck(key);
  check?.(resource.object, { verdict, gvk, minor, hidesValues: gvk.kind === 'Secret', mayGainFields: mayGainFields(resource) });
}

import type { JsonObject } from '@plumbline/core';
import { keyFault, nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported, warn } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { listIn, objectIn, textIn } from '../values.ts';

const FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const MOUNTABLE = 'kubernetes.io/enforce-mountable-secrets';
const TARGET = ROOT.in('target');

/** ValidateNamespace: finalizers of the spec. */
export function checkNamespace(namespace: JsonObject, judgement: Judgement): void {
  const finalizers = listIn(objectIn(namespace, 'spec'), 'finalizers');
  for (let index = 0; index < finalizers.length; index++) {
    const finalizer = finalizers[index] ?? '';
    if (typeof finalizer !== 'string') continue;
    const isBare = !finalizer.includes('/') && !FINALIZERS.includes(finalizer);
    const fault = keyFault(finalizer) ?? (isBare ? `is none of ${FINALIZERS.join(', ')}, and has no domain before it` : undefined);
    if (fault !== undefined)
      invalid(judgement, ROOT.in('spec').in('finalizers').in(index), finalizer, `finalizer ${quote(finalizer)} ${fault}`);
  }
}

/** A ServiceAccount is taken as it is; one annotation is on its way out. */
export function checkServiceAccount(account: JsonObject, judgement: Judgement): void {
  const annotations = objectIn(objectIn(account, 'metadata'), 'annotations');
  if (annotations === undefined || !Object.hasOwn(annotations, MOUNTABLE) || judgement.minor < 32) return;
  const place = ROOT.in('metadata').in('annotations').in(MOUNTABLE);
  const message = `annotation ${MOUNTABLE} is deprecated, keep the secrets apart in namespaces`;
  warn(judgement, place, message, 'schema/server-warning', { part: 'key' });
}

/** ValidatePodBinding. */
export function checkBinding(binding: JsonObject, judgement: Judgement): void {
  const target = objectIn(binding, 'target');
  if (target === undefined) return;
  const kind = textIn(target, 'kind');
  const name = textIn(target, 'name');
  if (kind !== '' && kind !== 'Node') unsupported(judgement, TARGET.in('kind'), kind, ['Node'], 'the kind');
  else if (name !== '') {
    const fault = nameFault(name, 'subdomain');
    if (fault !== undefined) invalid(judgement, TARGET.in('name'), name, `name ${quote(name)} of the node ${fault}`);
  }
  if (lacks(target, 'name')) missing(judgement, TARGET.in('name'), 'name of the target is missing');
}

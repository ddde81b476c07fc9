import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkThere } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { textIn } from '../values.ts';

/** The name of a signer of certificates, `example.com/name`: ValidateSignerName. */
export function checkSignerName(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkThere(object, key, at, judgement, `${key} is missing`);
  const name = textIn(object, key);
  const fault = name === '' ? undefined : faultOf(name);
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
}

function faultOf(name: string): string | undefined {
  const [domain = '', path, ...more] = name.split('/');
  if (path === undefined || more.length > 0) return 'is not a domain and a name with one "/" between, such as example.com/name';
  if (domain.length > 253) return 'has a domain of more than 253 characters';
  const labels = domain.split('.');
  if (labels.length < 2) return 'has a domain without a dot';
  for (const label of labels) {
    const fault = nameFault(label, 'label');
    if (fault !== undefined) return `has a domain whose part ${quote(label)} ${fault}`;
  }
  for (const part of path.split('.')) {
    const fault = nameFault(part, 'subdomain');
    if (fault !== undefined) return `has a name whose part ${quote(part)} ${fault}`;
  }
  return name.length > 571 ? 'is longer than 571 characters' : undefined;
}

/** Whether the name is one of those kept for the Kubernetes project. */
export function isOfKubernetes(name: string): boolean {
  const [host = ''] = name.split('/');
  return host === 'kubernetes.io' || host.endsWith('.kubernetes.io');
}

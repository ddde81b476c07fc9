import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { isNegative } from '../pod/amounts.ts';
import { isExtended } from '../pod/resource-names.ts';
import { isFractional } from '../quantities.ts';

const COUNTED: ReadonlySet<string> = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const MEASURED: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'storage',
  'requests.storage',
]);

/** A resource of which there are so and so many. */
export function isCounted(name: string): boolean {
  return COUNTED.has(name);
}

/** Huge pages, or what is requested of them. */
export function isHugePagesOfQuota(name: string): boolean {
  return name.startsWith('hugepages-') || name.startsWith('requests.hugepages-');
}

/** What is wrong with the name of any resource: validateResourceName. */
export function resourceNameFault(name: string): string | undefined {
  if (MEASURED.has(name) || COUNTED.has(name)) return undefined;
  const fault = keyFault(name);
  if (fault !== undefined) return fault;
  return name.includes('/') || isHugePagesOfQuota(name) ? undefined : 'is no resource of Kubernetes, and has no domain before it';
}

/** ValidateResourceQuantityValue: not negative, and whole where the resource comes in pieces. `at`: of the list. */
export function checkResourceAmount(list: JsonObject, name: string, at: Place, judgement: Judgement): void {
  const value = list[name];
  if (isNegative(value)) invalid(judgement, at.in(name), value, `${name} ${quote(value)} is less than 0`);
  else if ((COUNTED.has(name) || isExtended(name)) && isFractional(value))
    invalid(judgement, at.in(name), value, `${name} ${quote(value)} is no whole number`);
}

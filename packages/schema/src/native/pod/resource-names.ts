import { keyFault } from '../../names.ts';

const OF_CONTAINERS: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Huge pages of one size: `hugepages-2Mi`. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** In the namespace of Kubernetes, in which names without a prefix are. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** What a device plugin offers, as `nvidia.com/gpu`: IsExtendedResourceName. */
export function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && keyFault(`requests.${name}`) === undefined;
}

/** Whether more may be promised than there is, so that requests may be below limits: IsOvercommitAllowed. */
export function mayOvercommit(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** What is wrong with the name of a container's resource: ValidateContainerResourceName. */
export function resourceNameFault(name: string): string | undefined {
  if (OF_CONTAINERS.has(name)) return undefined;
  const fault = keyFault(name);
  if (fault !== undefined) return fault;
  if (!name.includes('/'))
    return isHugePages(name) ? undefined : 'is none of cpu, memory, ephemeral-storage and hugepages-SIZE, and has no domain before it';
  return isNative(name) || isExtended(name) ? undefined : 'does not have the form of an extended resource, as nvidia.com/gpu has';
}

/** What is wrong with the name of a whole pod's resource: validatePodResourceName. */
export function podResourceNameFault(name: string): string | undefined {
  if (name === 'cpu' || name === 'memory') return undefined;
  return keyFault(name) ?? (isHugePages(name) ? undefined : 'is none of cpu, memory and hugepages-SIZE, which a pod as a whole can have');
}

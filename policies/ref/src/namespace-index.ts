import { addTo } from '@plumbline/core';
/** Items by a key and the namespace that they are in; a look-up costs what it gives, however many namespaces there are. */
export interface NamespaceIndex<T> {
  /** `loose` items may turn out to be in any namespace. */
  add(key: string, namespace: string | undefined, item: T, isLoose?: boolean): void;
  /** All that may be in the namespace; all of the key where the namespace is not known. */
  get(key: string, namespace: string | undefined): readonly T[];
}

interface Bucket<T> {
  readonly all: T[];
  readonly loose: T[];
  readonly byNamespace: Map<string, T[]>;
}

export function createNamespaceIndex<T>(): NamespaceIndex<T> {
  const buckets = new Map<string, Bucket<T>>();
  return {
    add(key, namespace, item, isLoose = false) {
      let bucket = buckets.get(key);
      if (bucket === undefined) {
        bucket = { all: [], loose: [], byNamespace: new Map() };
        buckets.set(key, bucket);
      }
      bucket.all.push(item);
      if (namespace === undefined || isLoose) {
        bucket.loose.push(item);
        return;
      }
      addTo(bucket.byNamespace, namespace, item);
    },
    get(key, namespace) {
      const bucket = buckets.get(key);
      if (bucket === undefined) return [];
      if (namespace === undefined) return bucket.all;
      const own = bucket.byNamespace.get(namespace) ?? [];
      return bucket.loose.length === 0 ? own : own.length === 0 ? bucket.loose : [...own, ...bucket.loose];
    },
  };
}

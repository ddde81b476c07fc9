import type { Resource } from '../read/resource.ts';
import type { JsonObject } from '../values/json.ts';

/** The resources of one unit group: what goes to one cluster or environment together. */
export interface Inventory {
  /** All resources of the kind key (`apps/Deployment`, `Pod`), in order of file and position. */
  byKind(kindKey: string): readonly Resource[];
  /** The first resource of that kind and name; `namespace` undefined stands for a cluster-scoped or namespace-less one. */
  byKey(kindKey: string, namespace: string | undefined, name: string): Resource | undefined;
  all(): readonly Resource[];
  /** Whether resources may exist that are not in sight (a chart that was not rendered, a base that was not built, a remote resource), with the reason. */
  readonly incomplete: string | undefined;
  /** Known to exist outside the group: declared by configuration (`external`), or written in a part of the repository that may go to the same cluster. */
  isExternal(kindKey: string, namespace: string | undefined, name: string): boolean;
}

/** A label selector as written (`matchLabels`, `matchExpressions`), or a plain map of labels. */
export type Selector = JsonObject;

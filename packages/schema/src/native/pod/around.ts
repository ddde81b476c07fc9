import type { JsonObject } from '@plumbline/core';

/** What stands around the spec of a pod and decides about it. */
export interface PodAround {
  /** metadata of a Pod, empty where it has none; undefined where the spec is one of a template. */
  readonly metadata?: JsonObject | undefined;
  /** Names of a StatefulSet's claim templates: each takes the place of a volume of its name. */
  readonly claims?: readonly string[] | undefined;
}

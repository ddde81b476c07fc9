import { containersOf, type FieldPath, type JsonObject, type PlacedContainer, podSpecOf, type Resource } from '@plumbline/core';
import { objectIn, textIn } from '../native/values.ts';

/** A pod as the checks see it. Paths lead from the root of the resource that is or describes it. */
export interface Pod {
  readonly spec: JsonObject;
  readonly path: FieldPath;
  readonly securityContext: JsonObject | undefined;
  readonly annotations: JsonObject | undefined;
  readonly annotationsPath: FieldPath;
  /** Init containers first, as the server visits them. */
  readonly containers: readonly PlacedContainer[];
  /** A Pod itself, which the server fills in further than a template. */
  readonly isPod: boolean;
}

/** Undefined where the resource has no pod. */
export function podOf(resource: Resource): Pod | undefined {
  const pod = podSpecOf(resource);
  if (pod === undefined) return undefined;
  return {
    spec: pod.spec,
    path: pod.path,
    securityContext: objectIn(pod.spec, 'securityContext'),
    annotations: objectIn(pod.metadata, 'annotations'),
    annotationsPath: [...pod.metadataPath, 'annotations'],
    containers: containersOf(resource),
    isPod: !pod.template,
  };
}

export const isWindows = ({ spec }: Pod): boolean => textIn(objectIn(spec, 'os'), 'name') === 'windows';

/** Whether root in the pod is nobody on the node: some checks look away from 1.35 on. */
export const hasUserNamespace = ({ spec }: Pod): boolean => spec.hostUsers === false;

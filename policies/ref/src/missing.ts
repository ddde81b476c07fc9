import {
  type FieldPath,
  isSureSlip,
  meantBy,
  type NotEvaluated,
  type Problem,
  type Resource,
  type RuleContext,
  type Severity,
} from '@plumbline/core';
import { renamed } from './builds.ts';
import { isSpokenOf, makerOf } from './makers.ts';
import { inNamespace, locals, mayBeIn, namesakes, type Place } from './sight.ts';

/** What to say of an account whose name is a slip of the one that every namespace has. */
export function slipOfDefault(name: string, namespace: string | undefined, path: FieldPath): Problem | undefined {
  if (!isSureSlip(name, 'default')) return undefined;
  return { path, message: `no ServiceAccount "${name}" is defined here${inNamespace(namespace)}; did you mean "default"?` };
}

/** A reference to an object that is not in sight. */
export interface Wanted {
  /** The kind key, which also names the kind in the message. */
  readonly kind: string;
  readonly name: string;
  readonly place: Place;
  readonly path: FieldPath;
  /** What else could have the name by mistake: resources that are surely in the place. */
  readonly candidates?: readonly Resource[];
  /** Whether one of them may be meant: what another names as it is called may not. */
  readonly isFree?: (candidate: Resource) => boolean;
  /** What to say where nothing explains the absence: a severity, or why it is not judged. */
  readonly otherwise: Severity | { readonly notEvaluated: string };
}

export const OUTSIDE = 'it may exist outside Git';

/**
 * Judges an object that is not in sight. A near miss in the same place is an error; else it depends on whether all that
 * goes to the cluster is in sight, and on whether something may make the object there.
 */
export function* missing(wanted: Wanted, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { kind, name, place, path } = wanted;
  const { inventory } = context;
  if (inventory.isExternal(kind, place.namespace, name)) return;
  const shown = kind.slice(kind.indexOf('/') + 1);
  const message = `no ${shown} "${name}" is defined here${inNamespace(place.namespace)}`;
  const maker = makerOf(name, context);
  const meant = meantBy(name, wanted.candidates ?? locals(inventory, kind, place), wanted.isFree);
  // That a custom resource bears the beginning of the name is a weaker sign than two letters swapped.
  if (meant !== undefined && (maker === undefined || (isSureSlip(name, meant.name) && !isSpokenOf(name, context)))) {
    yield {
      path,
      message: `${message}; did you mean "${meant.name}"?`,
      related: [{ resource: meant, path: ['metadata', 'name'], message: `this ${meant.gvk.kind} has a similar name` }],
      ...(isCertain(wanted, meant, inventory.incomplete) ? {} : { severity: 'warning' as const }),
    };
    return;
  }
  const doubt = inventory.incomplete ?? maker ?? renamed(kind, name, inventory);
  if (doubt !== undefined) {
    yield { notEvaluated: doubt };
    return;
  }
  if (typeof wanted.otherwise !== 'string') {
    yield wanted.otherwise;
    return;
  }
  // The cluster brings most of what is there itself.
  if (place.namespace === 'kube-system') {
    yield { notEvaluated: OUTSIDE };
    return;
  }
  const away = namesakes(inventory, kind, name).find((resource) => !mayBeIn(resource, place));
  if (away === undefined) yield { path, message, severity: wanted.otherwise };
  else {
    yield {
      path,
      message: `${message}, only${inNamespace(away.namespace)}`,
      severity: wanted.otherwise,
      related: [{ resource: away, path: ['metadata', 'name'], message: 'this one is in another namespace' }],
    };
  }
}

/** What is not in sight may well have the very name; not so where the similar one stands beside it and nobody uses that. */
function isCertain({ isFree, place }: Wanted, meant: Resource, incomplete: string | undefined): boolean {
  return incomplete === undefined || (isFree !== undefined && meant.unit === place.unit);
}

import { type Effects, NO_EFFECTS } from './kustomization.ts';
import { joinKinds } from './patched-kinds.ts';
import type { PlacedDeployer } from './place-deployers.ts';
import type { Unit } from './unit.ts';

/** A unit while it is worked out: who includes it decides what a build may change in its files. */
export interface Draft {
  readonly id: string;
  readonly kind: Unit['kind'];
  readonly root: string;
  claimedBy?: string;
  /** What its own build changes. */
  effects: Effects;
  /** What was not run, where its files are not what is applied. */
  why?: string;
  substitutes: boolean;
  /** Why objects of it are not in sight. */
  unseen?: string;
  /** Why objects of it are not in sight as long as it is not built. */
  adds?: string;
  /** Of a folder that several objects apply: what one of them makes of it. Its files belong to the folder's own unit. */
  readonly of?: Draft;
  /** The Flux and Argo CD objects that surely apply it. */
  readonly deployers: PlacedDeployer[];
  /** What Flux and Argo CD objects that apply it change; undefined where none does. */
  applied?: Effects;
  /** Whether one of those fills in variables. */
  fills: boolean;
  /** Units whose files go into the same build. */
  readonly includes: Set<Draft>;
  /** Units that an object of it has applied: a build of their own, the same cluster. */
  readonly deploys: Set<Draft>;
  readonly includedBy: Set<Draft>;
  readonly deployedBy: Set<Draft>;
}

export function newDraft(id: string, kind: Unit['kind'], root: string, of?: Draft): Draft {
  return {
    ...(of === undefined ? {} : { of }),
    id: id === '' ? '.' : id,
    kind,
    root: root === '' ? '.' : root,
    effects: NO_EFFECTS,
    substitutes: false,
    fills: false,
    deployers: [],
    includes: new Set(),
    deploys: new Set(),
    includedBy: new Set(),
    deployedBy: new Set(),
  };
}

export function addEffects(a: Effects, b: Effects): Effects {
  const kinds = !a.fields ? b.kinds : !b.fields ? a.kinds : joinKinds(a.kinds, b.kinds);
  return {
    fields: a.fields || b.fields,
    namespace: a.namespace || b.namespace,
    resources: a.resources || b.resources,
    ...(kinds === undefined ? {} : { kinds }),
  };
}

export function hasEffects(effects: Effects): boolean {
  return effects.fields || effects.namespace || effects.resources;
}

/** Adds what each build changes to the units that it includes, and so on down; `substitutes` likewise. */
export function spreadEffects(drafts: Iterable<Draft>): void {
  const queue = [...drafts].filter((draft) => hasEffects(draft.effects) || draft.substitutes);
  for (let draft = queue.pop(); draft !== undefined; draft = queue.pop()) {
    for (const included of draft.includes) {
      const effects = addEffects(included.effects, draft.effects);
      const isSame =
        effects.fields === included.effects.fields &&
        effects.namespace === included.effects.namespace &&
        effects.resources === included.effects.resources &&
        // What is joined only grows, up to undefined.
        effects.kinds?.length === included.effects.kinds?.length &&
        (included.substitutes || !draft.substitutes);
      if (isSame) continue;
      included.effects = effects;
      included.substitutes ||= draft.substitutes;
      queue.push(included);
    }
    // A patch of a Flux object may give its own build patches and variables.
    if (!draft.effects.fields) continue;
    for (const deployed of draft.deploys) {
      if (deployed.effects.fields && deployed.effects.kinds === undefined && deployed.substitutes) continue;
      deployed.effects = addEffects(deployed.effects, { ...NO_EFFECTS, fields: true });
      deployed.substitutes = true;
      queue.push(deployed);
    }
  }
}

import type { GroupVersionKind } from '@plumbline/core';
import type { HealthRule } from '../rule.ts';
import { argo } from './argo.ts';
import { cloud } from './cloud.ts';
import { clusters } from './clusters.ts';
import { data } from './data.ts';
import { delivery } from './delivery.ts';
import { gateways } from './gateways.ts';
import { openKruise } from './open-kruise.ts';
import { operators } from './operators.ts';
import { plain } from './plain.ts';
import { queues } from './queues.ts';
import { secrets } from './secrets.ts';

/** Rules by `group/Kind`; `group/*` for all kinds of a group; `*.group/*` for its sub-groups too. */
export type HealthTable = Readonly<Record<string, HealthRule>>;

const TABLES: readonly HealthTable[] = [argo, cloud, clusters, data, delivery, gateways, openKruise, operators, plain, queues, secrets];

let known: ReadonlyMap<string, HealthRule> | undefined;

/** The rule of a project's kind, where it is not the general one. */
export function customHealth({ group, kind }: GroupVersionKind): HealthRule | undefined {
  known ??= new Map(TABLES.flatMap((table) => Object.entries(table)));
  const rule = known.get(`${group}/${kind}`) ?? known.get(`${group}/*`);
  if (rule !== undefined) return rule;
  for (let dot = group.indexOf('.'); dot >= 0; dot = group.indexOf('.', dot + 1)) {
    const above = known.get(`*${group.slice(dot)}/${kind}`) ?? known.get(`*${group.slice(dot)}/*`);
    if (above !== undefined) return above;
  }
  return undefined;
}

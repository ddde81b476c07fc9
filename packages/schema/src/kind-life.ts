import type { FieldPath, GroupVersionKind, Problem, Resource } from '@plumbline/core';
import { closest } from '@plumbline/core';
import { moveTo } from './move-api.ts';
import type { BuiltinKind, SchemaSet } from './schema-set.ts';
import { refuse, type Verdict } from './verdict.ts';

const API_VERSION: FieldPath = ['apiVersion'];
const KIND: FieldPath = ['kind'];

const versionOf = (kind: { group: string; version: string }): string =>
  kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;

/** What stands in for a kind in a minor: `apps/v1 Deployment`. */
function replacementOf(kind: BuiltinKind, minor: number, schemas: SchemaSet): string {
  const successor = successorOf(kind, minor, schemas);
  if (successor === undefined) return '';
  const apiVersion = versionOf(successor);
  return `: use ${successor.kind === kind.kind ? apiVersion : `${apiVersion} ${successor.kind}`}`;
}

/** What the source names, which may be gone itself or not served: then the same kind in another version of its group. */
function successorOf(kind: BuiltinKind, minor: number, schemas: SchemaSet): GroupVersionKind | BuiltinKind | undefined {
  const isThere = (one: BuiltinKind): boolean => one !== kind && !one.off && schemas.lineOf(one, minor) >= 0;
  const [group = '', version = '', name = ''] = kind.replacement?.split('/') ?? [];
  const named = schemas.kindOf(group, version, name);
  if (named !== undefined && isThere(named)) return named;
  // A kind of no group of the API server is a file of some component.
  if (kind.replacement !== undefined && !schemas.isBuiltinGroup(group)) return { group, version, kind: name };
  const same = schemas.kindsOf(kind.group).filter((one) => one.kind === kind.kind && isThere(one));
  return same.find((one) => /^v\d+$/.test(one.version)) ?? same.at(-1);
}

/** The edit that moves the object to the successor, where that is all there is to do. */
function moveOf(kind: BuiltinKind, resource: Resource, minor: number, schemas: SchemaSet): Pick<Problem, 'fix'> {
  const successor = successorOf(kind, minor, schemas);
  const fix = successor !== undefined && 'types' in successor ? moveTo(successor, resource, minor, schemas) : undefined;
  return fix === undefined ? {} : { fix };
}

/** The minor that was the first without a kind. The life that its source declares may end later than the servers dropped it. */
function removedIn(kind: BuiltinKind): number | undefined {
  return kind.types.findLast(([, line]) => line < 0)?.[0] ?? kind.removed;
}

/** A built-in kind that a minor does not have, or does not serve. False: the server has it. */
export function judgeLife(
  kind: BuiltinKind,
  resource: Resource,
  minor: number,
  line: number,
  isServed: boolean,
  schemas: SchemaSet,
  verdict: Verdict,
): boolean {
  const what = `${versionOf(kind)} ${kind.kind}`;
  if (line >= 0) {
    if (!kind.off || isServed) return false;
    const level = /alpha/.test(kind.version) ? 'an alpha' : 'a beta';
    const stable = schemas.kindsOf(kind.group).find((one) => one.kind === kind.kind && !one.off && schemas.lineOf(one, minor) >= 0);
    const use = stable ? `: ${versionOf(stable)} is` : '';
    refuse(verdict, 'api/alpha-beta-disabled', API_VERSION, `${what} is ${level} API, which is not served by default${use}`);
    return true;
  }
  const first = kind.types.find(([, number]) => number >= 0)?.[0] ?? kind.introduced;
  if (first !== undefined && first > minor) {
    const earlier = schemas.kindsOf(kind.group).find((one) => one.kind === kind.kind && !one.off && schemas.lineOf(one, minor) >= 0);
    const use = earlier ? `; ${versionOf(earlier)} is there` : '';
    refuse(verdict, 'api/not-yet-available', API_VERSION, `${what} exists from Kubernetes 1.${first} on${use}`);
    return true;
  }
  const removed = removedIn(kind);
  const when = removed === undefined ? '' : ` in Kubernetes 1.${removed}`;
  const message = `${what} was removed${when}${replacementOf(kind, minor, schemas)}`;
  refuse(verdict, 'api/removed', API_VERSION, message, moveOf(kind, resource, minor, schemas));
  return true;
}

/** A built-in kind that the server warns of. */
export function judgeDeprecation(kind: BuiltinKind, resource: Resource, minor: number, schemas: SchemaSet, verdict: Verdict): void {
  const since = kind.deprecated;
  if (since === undefined || since > minor) return;
  const last = removedIn(kind);
  const removed = last === undefined ? '' : `, unavailable from 1.${last} on`;
  verdict.problems.push({
    rule: 'api/deprecated',
    path: API_VERSION,
    message: `${versionOf(kind)} ${kind.kind} is deprecated since Kubernetes 1.${since}${removed}${replacementOf(kind, minor, schemas)}`,
    class: 'server-warning',
    severity: 'warning',
    ...moveOf(kind, resource, minor, schemas),
  });
}

/** A kind or version that a built-in group does not have, with what it may have been meant to be. */
export function judgeUnknownKind(gvk: GroupVersionKind, minor: number, schemas: SchemaSet, verdict: Verdict): void {
  const there = schemas.kinds().filter((one) => schemas.lineOf(one, minor) >= 0 && !one.off);
  const inGroup = there.filter((one) => one.group === gvk.group);
  const what = `${versionOf(gvk)} has no kind "${gvk.kind}"`;
  const rule = 'schema/unknown-kind';
  const sameKind = inGroup.find((one) => one.kind === gvk.kind) ?? there.find((one) => one.kind === gvk.kind);
  if (sameKind !== undefined) {
    const after = versionOf(sameKind);
    const fix = {
      title: `use ${after}`,
      safe: false,
      changes: [{ op: 'replace' as const, path: API_VERSION, before: versionOf(gvk), after }],
    };
    refuse(verdict, rule, API_VERSION, `${what}: it is in ${after}`, { fix });
    return;
  }
  const near = closest(
    gvk.kind,
    inGroup.filter((one) => one.version === gvk.version).map((one) => one.kind),
  );
  const far =
    near === undefined
      ? there.find(
          (one) =>
            one.kind ===
            closest(
              gvk.kind,
              there.map((other) => other.kind),
            ),
        )
      : undefined;
  const hint = near !== undefined ? `, did you mean "${near}"?` : far !== undefined ? `, did you mean ${versionOf(far)} ${far.kind}?` : '';
  refuse(verdict, rule, KIND, `${what}${hint}`);
}

import type { FieldPath, GroupVersionKind } from '@plumbline/core';
import { closest } from '@plumbline/core';
import type { BuiltinKind, SchemaSet } from './schema-set.ts';
import { refuse, type Verdict } from './verdict.ts';

const API_VERSION: FieldPath = ['apiVersion'];
const KIND: FieldPath = ['kind'];

const versionOf = (kind: { group: string; version: string }): string =>
  kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;

/** What stands in for a kind: `apps/v1 Deployment`. */
function replacementOf(kind: BuiltinKind): string | undefined {
  if (kind.replacement === undefined) return undefined;
  const [group = '', version = '', name = ''] = kind.replacement.split('/');
  const apiVersion = versionOf({ group, version });
  return name === kind.kind ? apiVersion : `${apiVersion} ${name}`;
}

/** A built-in kind that a minor does not have, or does not serve. False: the server has it. */
export function judgeLife(
  kind: BuiltinKind,
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
  const replacement = replacementOf(kind);
  const when = kind.removed === undefined ? '' : ` in Kubernetes 1.${kind.removed}`;
  refuse(verdict, 'api/removed', API_VERSION, `${what} was removed${when}${replacement === undefined ? '' : `: use ${replacement}`}`);
  return true;
}

/** A built-in kind that the server warns of. */
export function judgeDeprecation(kind: BuiltinKind, minor: number, verdict: Verdict): void {
  const since = kind.deprecated;
  if (since === undefined || since > minor) return;
  const removed = kind.removed === undefined ? '' : `, unavailable from 1.${kind.removed} on`;
  const replacement = replacementOf(kind);
  verdict.problems.push({
    rule: 'api/deprecated',
    path: API_VERSION,
    message: `${versionOf(kind)} ${kind.kind} is deprecated since Kubernetes 1.${since}${removed}${replacement === undefined ? '' : `: use ${replacement}`}`,
    class: 'server-warning',
    severity: 'warning',
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

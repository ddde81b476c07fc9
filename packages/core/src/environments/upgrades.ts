import type { Config } from '../config/config.ts';
import type { Finding } from '../report/finding.ts';
import type { Upgrade } from '../report/report.ts';

/** Whether the minors of a run are those of every object: with minors by environment, a finding in one of them says nothing of an upgrade. */
export function isRehearsal(config: Config, versions: readonly string[]): boolean {
  return versions.length > 1 && !(config.environments ?? []).some(({ kubernetesVersions }) => kubernetesVersions !== undefined);
}

/**
 * What each step from one Kubernetes minor to the next that was asked for brings: findings that hold in the later and not in the
 * earlier, and those that go away for good. Suppressed ones do not count. `versions`: newest first.
 */
export function upgradesOf(findings: readonly Finding[], versions: readonly string[]): readonly Upgrade[] {
  const open = findings.filter((finding) => finding.suppressed === undefined);
  const steps: Upgrade[] = [];
  for (let index = versions.length - 1; index > 0; index--) {
    const [from = '', to = ''] = [versions[index], versions[index - 1]];
    const fresh = open.filter((finding) => holds(finding, to) && !holds(finding, from));
    // A deprecated API that is then removed did not become better.
    const places = new Set(fresh.map(placeOf));
    const gone = open.filter((finding) => holds(finding, from) && !holds(finding, to) && !places.has(placeOf(finding)));
    const refusals = fresh.filter((finding) => finding.class === 'refusal').length;
    steps.push({ from, to, findings: fresh.length, refusals, gone: gone.length });
  }
  return steps;
}

function holds({ versions }: Finding, version: string): boolean {
  return versions === undefined || versions.includes(version);
}

function placeOf({ resource, path, location }: Finding): string {
  return JSON.stringify([resource, path, location?.file]);
}

import type { Check, CheckVersion, Violation } from './check.ts';
import { allowPrivilegeEscalation } from './checks/allow-privilege-escalation.ts';
import { appArmorProfile } from './checks/app-armor-profile.ts';
import { capabilitiesBaseline } from './checks/capabilities-baseline.ts';
import { capabilitiesRestricted } from './checks/capabilities-restricted.ts';
import { hostNamespaces } from './checks/host-namespaces.ts';
import { hostPathVolumes } from './checks/host-path-volumes.ts';
import { hostPorts } from './checks/host-ports.ts';
import { hostProbes } from './checks/host-probes.ts';
import { privileged } from './checks/privileged.ts';
import { procMountBaseline, procMountRestricted } from './checks/proc-mount.ts';
import { restrictedVolumes } from './checks/restricted-volumes.ts';
import { runAsNonRoot } from './checks/run-as-non-root.ts';
import { runAsUser } from './checks/run-as-user.ts';
import { seLinuxOptions } from './checks/se-linux-options.ts';
import { seccompBaseline } from './checks/seccomp-baseline.ts';
import { seccompRestricted } from './checks/seccomp-restricted.ts';
import { sysctls } from './checks/sysctls.ts';
import { windowsHostProcess } from './checks/windows-host-process.ts';
import type { Pod } from './pod.ts';
import type { LevelVersion } from './policy.ts';

/** Baseline first, each level in the order of the ids: the order in which the server names what is broken. */
const CHECKS: readonly Check[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  privileged,
  procMountBaseline,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

/** What the pod breaks of a level, on a server of a minor, which knows no later version of the standards than its own. */
export function violationsOf(pod: Pod, { level, minor }: LevelVersion, serverMinor: number): readonly Violation[] {
  if (level === 'privileged') return NONE;
  const version = Math.min(minor ?? serverMinor, serverMinor);
  const violations: Violation[] = [];
  for (const check of checksOf(level, version)) {
    const violation = check.judge(pod);
    if (violation !== undefined) violations.push(violation);
  }
  return violations;
}

/** `a (what of a), b (what of b)`, as the server puts it. */
export function detailsOf(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');
}

const NONE: readonly Violation[] = [];
const known = new Map<string, readonly CheckVersion[]>();

function checksOf(level: 'baseline' | 'restricted', minor: number): readonly CheckVersion[] {
  const key = `${level}:${minor}`;
  let checks = known.get(key);
  if (checks === undefined) {
    const chosen = CHECKS.flatMap((check) => {
      const version = check.level === 'baseline' || level === 'restricted' ? versionAt(check, minor) : undefined;
      return version === undefined ? [] : [{ id: check.id, version }];
    });
    const overridden = new Set(chosen.flatMap(({ version }) => version.overrides ?? []));
    checks = chosen.filter(({ id }) => !overridden.has(id)).map(({ version }) => version);
    known.set(key, checks);
  }
  return checks;
}

function versionAt({ versions }: Check, minor: number): CheckVersion | undefined {
  return versions.findLast(({ since }) => since <= minor);
}

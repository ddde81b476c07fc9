import type { Unit } from '../classify/unit.ts';
import type { Config } from '../config/config.ts';
import { pathMatcher } from '../values/glob.ts';

/** The environment that configuration gives a folder or file; the first that matches. */
export function environmentMatcher(config: Config): (path: string) => string | undefined {
  const environments = (config.environments ?? []).map(({ name, paths }) => ({ name, matches: pathMatcher(paths) }));
  return (path) => environments.find(({ matches }) => matches(path) || matches(`${path}/_`))?.name;
}

/** The Kubernetes minors a unit is judged for: those of its environments, else those of the run. */
export function versionsByEnvironment(config: Config, versions: readonly string[]): (unit: Unit) => readonly string[] {
  const own = new Map<string, readonly string[]>();
  for (const { name, kubernetesVersions } of config.environments ?? []) {
    if (kubernetesVersions !== undefined) own.set(name, newestFirst(kubernetesVersions));
  }
  if (own.size === 0) return () => versions;
  const together = new Map<string, readonly string[]>();
  return ({ environment, environments = [] }) => {
    if (environment !== undefined) return own.get(environment) ?? versions;
    if (environments.length === 0) return versions;
    // What goes to several clusters has to be admitted by each. The same list for the same environments.
    const key = environments.join('\n');
    let all = together.get(key);
    if (all === undefined) {
      all = newestFirst(environments.flatMap((name) => own.get(name) ?? versions));
      together.set(key, all);
    }
    return all;
  };
}

export function newestFirst(versions: readonly string[]): readonly string[] {
  return [...new Set(versions)].sort(newerFirst);
}

/** Orders minors, the newest first: `1.10` before `1.9`. */
export function newerFirst(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  return (right[0] ?? 0) - (left[0] ?? 0) || (right[1] ?? 0) - (left[1] ?? 0);
}

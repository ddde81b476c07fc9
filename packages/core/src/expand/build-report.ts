import type { RuleInfo, Severity } from '../check/rule.ts';
import type { Scene } from '../check/scene.ts';
import type { Selection } from '../check/selection.ts';
import type { Config } from '../config/config.ts';
import { withoutPlaces } from '../config/without-places.ts';
import { isRehearsal, upgradesOf } from '../environments/upgrades.ts';
import type { Finding } from '../report/finding.ts';
import type { OutcomeList, Tally } from '../report/outcome.ts';
import type { LeftOut, Report, Revision } from '../report/report.ts';
import { hashText } from '../values/fingerprint.ts';
import { type JsonValue, stringify } from '../values/json.ts';

export interface ReportParts {
  readonly toolVersion: string;
  readonly config: Config;
  readonly versions: readonly string[];
  readonly selection: Selection;
  readonly scene: Scene;
  readonly findings: readonly Finding[];
  /** Of policies of the user's. */
  readonly infos: ReadonlyMap<string, RuleInfo>;
  readonly tally: Tally;
  readonly outcomes: OutcomeList | undefined;
  readonly leftOut: readonly LeftOut[];
  readonly failed: boolean;
  readonly revision: Revision | undefined;
  /** How far verdicts for the versions are proven. */
  readonly limits: readonly string[];
}

/** Counts, and puts the report together. */
export function buildReport(parts: ReportParts): Report {
  const { config, findings, selection, scene } = parts;
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  let suppressed = 0;
  let fixable = 0;
  const rules: Record<string, RuleInfo> = {};
  for (const finding of findings) {
    const info = selection.infos.get(finding.rule) ?? parts.infos.get(finding.rule);
    if (info !== undefined) rules[finding.rule] = info;
    if (finding.suppressed !== undefined) suppressed++;
    else {
      counts[finding.severity]++;
      if (finding.fix?.safe === true) fixable++;
    }
  }
  let documents = 0;
  let resources = 0;
  for (const { file, extraction } of scene.files) {
    for (const document of file.documents) if (document.value !== null) documents++;
    for (const resource of extraction.resources) if (resource.gvk.version !== '') resources++;
  }
  for (const { resources: built } of scene.built) resources += built.length;
  const notEvaluated = parts.tally.groups();
  const leftOut = mergeLeftOut(parts.leftOut);
  return {
    schemaVersion: 1,
    tool: { name: 'plumbline', version: parts.toolVersion },
    run: {
      ...parts.revision,
      kubernetesVersions: parts.versions,
      ...(parts.limits.length === 0 ? {} : { limits: parts.limits }),
      preset: config.preset ?? 'recommended',
      configDigest: configDigest(config),
      ruleSetDigest: hashText(`${parts.toolVersion}\n${[...selection.infos.keys()].filter((id) => selection.plain.isOn(id)).join('\n')}`),
    },
    summary: {
      files: { checked: scene.files.length, leftOut: sum(leftOut) },
      documents,
      resources,
      findings: counts,
      suppressed,
      notEvaluated: sum(notEvaluated),
      fixable,
      ...(isRehearsal(config, parts.versions) ? { upgrades: upgradesOf(findings, parts.versions) } : {}),
    },
    findings,
    notEvaluated,
    leftOut,
    ...(parts.outcomes === undefined ? {} : { outcomes: parts.outcomes.list }),
    rules,
    ...(parts.failed ? { failed: true } : {}),
  };
}

/** The same configuration gives the same digest; where a waiver is written does not count. */
function configDigest(config: Config): string {
  // Plain data as read from YAML: every member is a JSON value.
  return hashText(stringify(withoutPlaces(config) as unknown as JsonValue));
}

function sum(entries: readonly { readonly count: number }[]): number {
  return entries.reduce((total, entry) => total + entry.count, 0);
}

function mergeLeftOut(entries: readonly LeftOut[]): readonly LeftOut[] {
  const byReason = new Map<string, LeftOut>();
  for (const entry of entries) {
    const before = byReason.get(entry.reason);
    const files = before === undefined ? entry.files : [...before.files, ...entry.files].sort();
    byReason.set(entry.reason, { reason: entry.reason, count: (before?.count ?? 0) + entry.count, files });
  }
  return [...byReason.values()].sort((a, b) => (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0));
}

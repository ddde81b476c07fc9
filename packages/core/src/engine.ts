import { type CheckContext, checkFile, checkResource, contextMaker } from './check.ts';
import { collect } from './collect.ts';
import type { Config } from './config.ts';
import type { Document } from './document.ts';
import type { Finding } from './finding.ts';
import { hashText } from './fingerprint.ts';
import type { KindCatalogue } from './kinds.ts';
import { createSecretMask, setSecretMask } from './mask.ts';
import { createTally } from './outcome.ts';
import { parse } from './parse.ts';
import type { LeftOut, Outcome, Report } from './report.ts';
import type { Resource } from './resource.ts';
import type { Pack, Rule, RuleInfo, Severity } from './rule.ts';
import { rulesOf, select } from './selection.ts';
import { settle } from './settle.ts';
import type { SourceFile } from './source-file.ts';
import { classify, extract } from './stand-in.ts';

/** What the engine asks of whoever knows the schemas. */
export interface SchemaPort {
  readonly rules: readonly Rule[];
  /** Kubernetes minors with data, newest first. */
  readonly versions: readonly string[];
  catalogue(crds: readonly Resource[]): KindCatalogue;
}

export interface EngineOptions {
  readonly schemas: SchemaPort;
  readonly packs: readonly Pack[];
  readonly config?: Config;
  readonly toolVersion?: string;
}

/** Takes the time of stages and rules; the clock is the caller's. */
export interface TimingSink {
  now(): number;
  addStage(stage: string, elapsed: number): void;
  addRule(rule: string, elapsed: number): void;
}

export interface CheckOptions {
  readonly signal?: AbortSignalLike;
  /** The repository around the judged files: looked up, never judged. Read only when a selected rule needs it. */
  readonly around?: () => readonly SourceFile[];
  /** What whoever read the files left out. */
  readonly preLeftOut?: readonly LeftOut[];
  readonly timing?: TimingSink;
  readonly detail?: 'outcomes';
  /** The day, `YYYY-MM-DD`, against which waivers expire; without it none does. */
  readonly today?: string;
}

/** The part of an AbortSignal that the engine reads. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

export interface Engine {
  /** Every public rule by id, selected or not. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  check(files: readonly SourceFile[], options?: CheckOptions): Promise<Report>;
}

/** Builds an engine; throws a ConfigError where the configuration names what does not exist. */
export function createEngine(options: EngineOptions): Engine {
  const config = options.config ?? {};
  const rules = rulesOf(options.schemas.rules, options.packs);
  const selection = select(rules, config);
  const versions = config.kubernetesVersions ?? options.schemas.versions.slice(0, 1);
  const documents = new WeakMap<SourceFile, readonly Document[]>();
  const parseFile = (file: SourceFile): readonly Document[] => {
    let parsed = documents.get(file);
    if (parsed === undefined) {
      parsed = parse(file);
      documents.set(file, parsed);
    }
    return parsed;
  };

  return {
    rules: selection.infos,
    async check(files, given = {}) {
      const classification = classify(files, { parseFile, versions });
      const resources: Resource[] = [];
      for (const file of classification.files) resources.push(...extract(file).resources);
      const mask = createSecretMask();
      const tally = createTally();
      const outcomes: Outcome[] | undefined = given.detail === 'outcomes' ? [] : undefined;
      const findings: Finding[] = [];
      let failed = false;
      const kinds = options.schemas.catalogue(resources.filter((resource) => resource.gvk.kind === 'CustomResourceDefinition'));
      const context: CheckContext = {
        kinds,
        mask,
        tally,
        outcomes,
        onThrow: () => {
          failed = true;
        },
      };
      const contextFor = contextMaker(kinds);
      for (const file of classification.files) {
        checkFile(
          file,
          selection.tableFor(file.file.path),
          (active) => contextFor(undefined, file.unit.versions, active),
          context,
          findings,
        );
      }
      const inventory = collect(resources, classification.groups[0], config.external);
      for (const resource of resources) {
        const table = selection.tableFor(resource.document.file.path);
        const matched = table.matching(resource.gvk);
        const documentContext = (active: Parameters<typeof contextFor>[2]) => contextFor(undefined, resource.unit.versions, active);
        const unitContext = (active: Parameters<typeof contextFor>[2]) => contextFor(inventory, resource.unit.versions, active);
        checkResource(resource, matched.document, table, documentContext, context, findings);
        checkResource(resource, matched.unit, table, unitContext, context, findings);
      }
      const settled = settle(findings, { today: given.today });
      const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
      const spoken: Record<string, RuleInfo> = {};
      for (const finding of settled) {
        if (finding.suppressed === undefined) counts[finding.severity]++;
        const info = selection.infos.get(finding.rule);
        if (info !== undefined) spoken[finding.rule] = info;
      }
      const groups = tally.groups();
      const leftOut = [...(given.preLeftOut ?? []), ...classification.leftOut];
      const report: Report = {
        schemaVersion: 1,
        tool: { name: 'plumbline', version: options.toolVersion ?? '0.0.0' },
        run: {
          kubernetesVersions: versions,
          preset: config.preset ?? 'recommended',
          configDigest: hashText(JSON.stringify(config)),
          ruleSetDigest: hashText([...selection.infos.keys()].join()),
        },
        summary: {
          files: { checked: classification.files.length, leftOut: leftOut.reduce((sum, entry) => sum + entry.count, 0) },
          documents: classification.files.reduce((sum, file) => sum + file.documents.length, 0),
          resources: resources.length,
          findings: counts,
          suppressed: settled.filter((finding) => finding.suppressed !== undefined).length,
          notEvaluated: groups.reduce((sum, group) => sum + group.count, 0),
          fixable: settled.filter((finding) => finding.fix?.safe === true && finding.suppressed === undefined).length,
        },
        findings: settled,
        notEvaluated: groups,
        leftOut,
        ...(outcomes === undefined ? {} : { outcomes }),
        rules: spoken,
        ...(failed ? { failed: true } : {}),
      };
      setSecretMask(report, mask);
      return report;
    },
  };
}

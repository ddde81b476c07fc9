import type { Finding } from './finding.ts';
import type { Inventory } from './inventory.ts';
import { fileFinding, refOf, resourceFinding } from './judged.ts';
import type { KindCatalogue } from './kinds.ts';
import type { SecretMask } from './mask.ts';
import type { NotEvaluatedTally } from './outcome.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { Outcome } from './report.ts';
import type { Resource } from './resource.ts';
import type { FileProblem, NotEvaluated, Problem, ResourceRule, RuleContext, RuleInfo } from './rule.ts';
import type { ActiveRule, RuleTable } from './selection.ts';

export interface CheckContext {
  readonly kinds: KindCatalogue;
  readonly mask: SecretMask;
  readonly tally: NotEvaluatedTally;
  readonly outcomes?: Outcome[] | undefined;
  /** Told of each rule's time; only set when somebody asked. */
  readonly onRule?: { now(): number; add(rule: string, elapsed: number): void } | undefined;
  /** A rule threw: the run is not clean whatever else was found. */
  onThrow(error: unknown): void;
}

/** What went wrong inside a rule, as a rule of its own. */
export const RULE_THREW: RuleInfo = {
  id: 'engine/rule-threw',
  title: 'a rule judges every subject without failing',
  why: 'a rule that fails has judged nothing here, so the report is not complete',
  remedy: 'report it with the manifest; switch the rule off or leave the file out until it is mended',
  severity: 'error',
  class: 'broken',
  set: 'core',
};

// A document-scope rule sees its subject only: its findings are remembered for as long as the document stays the same.
const NO_INVENTORY: Inventory = {
  byKind: refuse,
  byKey: refuse,
  all: refuse,
  isExternal: refuse,
  get incomplete(): never {
    return refuse();
  },
};

function refuse(): never {
  throw new Error('the rule looks at other resources: its scope must be "unit"');
}

/** Contexts are made once for each inventory, list of versions and set of options, not for each resource. */
export function contextMaker(
  kinds: KindCatalogue,
): (inventory: Inventory | undefined, versions: readonly string[], active: ActiveRule) => RuleContext {
  const made = new Map<Inventory | undefined, Map<string, Map<unknown, RuleContext>>>();
  return (inventory, versions, active) => {
    let byVersions = made.get(inventory);
    if (byVersions === undefined) {
      byVersions = new Map();
      made.set(inventory, byVersions);
    }
    const key = versions.length === 1 ? (versions[0] ?? '') : versions.join();
    let byOptions = byVersions.get(key);
    if (byOptions === undefined) {
      byOptions = new Map();
      byVersions.set(key, byOptions);
    }
    let context = byOptions.get(active.options);
    if (context === undefined) {
      context = { versions, inventory: inventory ?? NO_INVENTORY, kinds, options: active.options };
      byOptions.set(active.options, context);
    }
    return context;
  };
}

/** Runs the rules of one list over one resource; findings go to `into`. */
export function checkResource(
  resource: Resource,
  rules: readonly ActiveRule<ResourceRule>[],
  table: RuleTable,
  contextFor: (active: ActiveRule) => RuleContext,
  context: CheckContext,
  into: Finding[],
): void {
  for (const active of rules) {
    if (active.scope === 'unit' && resource.unit.state === 'unbuilt') {
      const reason = resource.unit.why ?? 'the unit was not built';
      for (const id of active.speaks.keys()) notEvaluated(context, id, reason, resource);
      continue;
    }
    const started = context.onRule?.now() ?? 0;
    const ruleContext = contextFor(active);
    let failed: Set<string> | undefined;
    try {
      for (const problem of active.rule.check(resource, ruleContext)) {
        const id = report(active, problem, resource, table, ruleContext, context, into);
        if (context.outcomes !== undefined && id !== undefined) {
          failed ??= new Set();
          failed.add(id);
        }
      }
    } catch (error) {
      context.onThrow(error);
      into.push(
        resourceFinding(
          resource,
          { message: `rule "${active.rule.id}" failed: ${messageOf(error)}` },
          {
            info: RULE_THREW,
            severity: undefined,
            versions: ruleContext.versions,
            mask: context.mask,
          },
        ),
      );
      context.outcomes?.push({ policy: packOf(active.rule.id), rule: active.rule.id, resource: refOf(resource), outcome: 'error' });
      continue;
    } finally {
      context.onRule?.add(active.rule.id, context.onRule.now() - started);
    }
    if (context.outcomes !== undefined) {
      for (const id of active.speaks.keys()) {
        if (!failed?.has(id)) context.outcomes.push({ policy: packOf(id), rule: id, resource: refOf(resource), outcome: 'pass' });
      }
    }
  }
}

/** One thing that a rule yielded. Gives the id it was counted under, or undefined where nobody asked for that rule. */
function report(
  active: ActiveRule<ResourceRule>,
  problem: Problem | NotEvaluated,
  resource: Resource,
  table: RuleTable,
  ruleContext: RuleContext,
  context: CheckContext,
  into: Finding[],
): string | undefined {
  if ('notEvaluated' in problem) {
    if (problem.rule !== undefined && !active.speaks.has(problem.rule)) return undefined;
    notEvaluated(context, problem.rule ?? active.rule.id, problem.notEvaluated, resource);
    return problem.rule ?? active.rule.id;
  }
  const id = problem.rule ?? active.rule.id;
  const info = active.speaks.get(id);
  if (info === undefined) {
    if (active.rule.members?.some((member) => member.id === id) ?? id === active.rule.id) return undefined;
    throw new Error(`it reports under "${id}", which is none of its members`);
  }
  const finding = resourceFinding(resource, problem, {
    info,
    severity: table.severityOf(id),
    versions: ruleContext.versions,
    mask: context.mask,
  });
  into.push(finding);
  context.outcomes?.push({ policy: packOf(id), rule: id, resource: refOf(resource), outcome: 'fail', message: finding.message });
  return id;
}

function notEvaluated(context: CheckContext, rule: string, reason: string, resource: Resource): void {
  context.tally.add(rule, reason, resource);
  context.outcomes?.push({ policy: packOf(rule), rule, resource: refOf(resource), outcome: 'not-evaluated', message: reason });
}

function packOf(id: string): string {
  const slash = id.indexOf('/');
  return slash < 0 ? id : id.slice(0, slash);
}

/** Runs the rules that judge text over one file. */
export function checkFile(
  file: ParsedFile,
  table: RuleTable,
  contextFor: (active: ActiveRule) => RuleContext,
  context: CheckContext,
  into: Finding[],
): void {
  for (const active of table.fileRules) {
    const started = context.onRule?.now() ?? 0;
    const ruleContext = contextFor(active);
    const setting = (info: RuleInfo) => ({
      info,
      severity: table.severityOf(info.id),
      versions: ruleContext.versions,
      mask: context.mask,
    });
    try {
      for (const problem of active.rule.checkFile(file, ruleContext)) {
        if ('notEvaluated' in problem) {
          context.tally.addFile(problem.rule ?? active.rule.id, problem.notEvaluated, file);
          continue;
        }
        const info = active.speaks.get(problem.rule ?? active.rule.id);
        if (info !== undefined) into.push(fileFinding(file, problem, setting(info)));
      }
    } catch (error) {
      context.onThrow(error);
      const problem: FileProblem = { message: `rule "${active.rule.id}" failed: ${messageOf(error)}` };
      into.push(fileFinding(file, problem, setting(RULE_THREW)));
    } finally {
      context.onRule?.add(active.rule.id, context.onRule.now() - started);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

import { isSopsValue } from '../classify/sops.ts';
import { type History, NO_HISTORY } from '../environments/history.ts';
import type { Environments } from '../environments/view.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { Finding } from '../report/finding.ts';
import type { OutcomeList, Tally } from '../report/outcome.ts';
import type { SecretMask } from '../settle/mask.ts';
import { valueAt } from '../values/json.ts';
import type { Before } from './before.ts';
import { ENGINE_RULES } from './engine-rules.ts';
import type { Inventory } from './inventory.ts';
import { fileFinding, resourceFinding } from './judged.ts';
import type { KindCatalogue } from './kinds.ts';
import type { Repository } from './repository.ts';
import type { FileRule, NotEvaluated, Problem, ResourceRule, RuleContext, RuleInfo } from './rule.ts';
import { type ActiveRule, NO_OPTIONS } from './selection.ts';

/** Where what the rules say goes. */
export interface CheckSink {
  readonly findings: Finding[];
  readonly tally: Tally;
  readonly outcomes: OutcomeList | undefined;
  readonly mask: SecretMask;
  /** Set only when somebody asked how long each rule takes. */
  readonly clock: RuleClock | undefined;
  /** How often a rule threw: more than never, and the run is not clean, whatever else was found. */
  throws: number;
  /** What policies of the user's that spoke say of themselves. */
  readonly infos: Map<string, RuleInfo>;
}

export interface RuleClock {
  now(): number;
  addRule(rule: string, elapsed: number): void;
}

/** The context of a rule in one place: the same object for the same inventory, versions and options. */
export type ContextFor = (active: ActiveRule) => RuleContext;

/** Runs the rules of a list over one resource. Nothing is made on the way of a resource that passes. */
export function checkResource(
  resource: Resource,
  rules: readonly ActiveRule<ResourceRule>[],
  contextFor: ContextFor,
  sink: CheckSink,
): void {
  for (const active of rules) {
    // What is no object of Kubernetes is as it lies, whatever a build makes of it.
    const isRaw = active.scope === 'environments' && resource.gvk.version === '';
    if (active.scope !== 'document' && active.scope !== 'repository' && resource.unit.state === 'unbuilt' && !isRaw) {
      // What is applied in no one environment has nothing to be held against.
      if (active.scope === 'environments' && resource.unit.environment === undefined) continue;
      const reason = resource.unit.why ?? 'the unit was not built';
      for (const id of active.speaks.keys()) notEvaluated(sink, id, reason, resource);
      continue;
    }
    const { rule } = active;
    const started = sink.clock === undefined ? 0 : sink.clock.now();
    const context = contextFor(active);
    const spoke = sink.outcomes === undefined ? undefined : new Set<string>();
    try {
      const said = rule.check(resource, context);
      if (!isNothing(said)) for (const problem of said) take(active, problem, resource, context, sink, spoke);
    } catch (error) {
      sink.throws++;
      const message = threw(rule.id, error);
      sink.findings.push(
        resourceFinding(resource, { message }, { info: ENGINE_RULES['engine/rule-threw'], versions: context.versions, mask: sink.mask }),
      );
      sink.outcomes?.add(rule.id, resource, 'error', message);
      continue;
    } finally {
      sink.clock?.addRule(rule.id, sink.clock.now() - started);
    }
    if (sink.outcomes !== undefined) {
      for (const id of active.speaks.keys()) if (!spoke?.has(id)) sink.outcomes.add(id, resource, 'pass');
      for (const id of rule.judges?.(resource, context) ?? [])
        if (!spoke?.has(id) && isOwn(active, id)) sink.outcomes.add(id, resource, 'pass');
    }
  }
}

/** Most rules have nothing to say of most subjects, and give an empty list: to go through it by the protocol of iterators would be half the cost of a rule. */
function isNothing(said: Iterable<unknown>): boolean {
  return Array.isArray(said) && said.length === 0;
}

/** Takes one thing that a rule yielded, unless it is about a member that is not selected; `spoke` gets the ids it counts under. */
function take(
  active: ActiveRule<ResourceRule>,
  problem: Problem | NotEvaluated,
  resource: Resource,
  context: RuleContext,
  sink: CheckSink,
  spoke: Set<string> | undefined,
): void {
  const { rule, speaks } = active;
  const id = problem.rule ?? rule.id;
  if ('notEvaluated' in problem) {
    // A pass that names no member means all for which it speaks.
    for (const each of problem.rule === undefined ? speaks.keys() : [id]) {
      if (!speaks.has(each) && !isOwn(active, each)) continue;
      notEvaluated(sink, each, problem.notEvaluated, resource);
      spoke?.add(each);
    }
    return;
  }
  const info = problem.info === undefined ? speaks.get(id) : problem.info;
  if (problem.info !== undefined) {
    if (!isOwn(active, id)) return;
    sink.infos.set(id, problem.info);
  }
  if (info === undefined) {
    if (id === rule.id || rule.members?.some((each) => each.id === id)) return;
    throw new Error(`it reports under "${id}", which is not one of its members`);
  }
  if (resource.encrypted === true && isSopsValue(valueAt(resource.object, problem.path ?? []))) {
    notEvaluated(sink, id, 'the value is encrypted', resource);
    spoke?.add(id);
    return;
  }
  const finding = resourceFinding(resource, problem, { info, versions: context.versions, mask: sink.mask });
  sink.findings.push(finding);
  sink.outcomes?.add(id, resource, 'fail', finding.message);
  spoke?.add(id);
}

/** Whether an id is that of a policy of the user's, and switched on. */
function isOwn({ rule, isOff }: ActiveRule<ResourceRule>, id: string): boolean {
  return rule.prefixes?.some((prefix) => id.startsWith(prefix)) === true && !isOff(id);
}

function notEvaluated(sink: CheckSink, rule: string, reason: string, resource: Resource): void {
  sink.tally.add(rule, reason, resource);
  sink.outcomes?.add(rule, resource, 'not-evaluated', reason);
}

/** Runs the rules that judge text over one file. */
export function checkFile(file: ParsedFile, rules: readonly ActiveRule<FileRule>[], contextFor: ContextFor, sink: CheckSink): void {
  for (const active of rules) {
    const { rule, speaks } = active;
    const started = sink.clock === undefined ? 0 : sink.clock.now();
    const context = contextFor(active);
    try {
      const said = rule.checkFile(file, context);
      if (isNothing(said)) continue;
      for (const problem of said) {
        const id = problem.rule ?? rule.id;
        if ('notEvaluated' in problem) {
          sink.tally.addFile(id, problem.notEvaluated, file);
          continue;
        }
        const info = speaks.get(id);
        if (info !== undefined) sink.findings.push(fileFinding(file, problem, { info, versions: context.versions, mask: sink.mask }));
      }
    } catch (error) {
      sink.throws++;
      const info = ENGINE_RULES['engine/rule-threw'];
      sink.findings.push(fileFinding(file, { message: threw(rule.id, error) }, { info, versions: context.versions, mask: sink.mask }));
    } finally {
      sink.clock?.addRule(rule.id, sink.clock.now() - started);
    }
  }
}

function threw(rule: string, error: unknown): string {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return `rule "${rule}" failed: ${message}`;
}

/** What lies around a subject, in space and in time. */
export interface Around {
  readonly environments: () => Environments;
  readonly repository: () => Repository;
  readonly history?: History;
  readonly today?: string;
  readonly before?: Before;
}

const NO_AROUND: Around = { environments: refuse, repository: refuse };

/** Contexts are made once for each inventory, list of versions and set of options, not for each resource. */
export function contextMaker(
  kinds: KindCatalogue,
  servedApis: readonly string[] = [],
  around: Around = NO_AROUND,
): (inventory: Inventory | undefined, versions: readonly string[]) => ContextFor {
  const made = new Map<Inventory | undefined, Map<string, ContextFor>>();
  return (inventory, versions) => {
    let byVersions = made.get(inventory);
    if (byVersions === undefined) {
      byVersions = new Map();
      made.set(inventory, byVersions);
    }
    const key = versions.length === 1 ? (versions[0] ?? '') : versions.join();
    let contextFor = byVersions.get(key);
    if (contextFor === undefined) {
      const byOptions = new Map<unknown, RuleContext>();
      const withOptions = (options: RuleContext['options']): RuleContext => ({
        versions,
        inventory: inventory ?? NO_INVENTORY,
        get environments() {
          return inventory === undefined ? refuse() : around.environments();
        },
        get repository() {
          return inventory === undefined ? refuse() : around.repository();
        },
        get history() {
          return inventory === undefined ? refuse() : (around.history ?? NO_HISTORY);
        },
        get today() {
          return inventory === undefined ? refuse() : around.today;
        },
        ...(around.before === undefined ? {} : { before: around.before }),
        kinds,
        servedApis,
        options,
      });
      const plain = withOptions(NO_OPTIONS);
      contextFor = (active) => {
        if (active.options === NO_OPTIONS) return plain;
        let context = byOptions.get(active.options);
        if (context === undefined) {
          context = withOptions(active.options);
          byOptions.set(active.options, context);
        }
        return context;
      };
      byVersions.set(key, contextFor);
    }
    return contextFor;
  };
}

// A rule of document scope sees its subject only: what it says is remembered for as long as the document stays the same.
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
  throw new Error('it looks at other resources, so its scope must be "unit"');
}

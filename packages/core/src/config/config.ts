import type { ExternalObject } from '../check/collect.ts';
import type { Severity } from '../check/rule.ts';
import type { JsonObject } from '../values/json.ts';
import type { Location } from '../values/range.ts';

export type Preset = 'core' | 'recommended' | 'strict' | 'off';

/** What configuration says of one rule. Naming a rule selects it; `{}` at its own severity. */
export type RuleSetting = 'off' | Severity | { readonly severity?: Severity | 'off'; readonly options?: JsonObject };

/** Says why findings of a rule are accepted: they stay in the report, suppressed. */
export interface Waiver {
  /** A rule id or a pattern (`api/*`). */
  readonly rule: string;
  readonly paths?: readonly string[];
  /** `*` in `kind`, `namespace` and `name` stands for any text. */
  readonly resource?: { readonly kind?: string; readonly namespace?: string; readonly name?: string };
  readonly reason: string;
  readonly owner?: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** Where it is written. */
  readonly location?: Location;
}

/** Says which differences between desired and actual do not count: a waiver that names fields, or their managers, in place of a rule. */
export interface DriftIgnore extends Omit<Waiver, 'rule'> {
  /** Into the object; `*` is any one step, `**` any number, `app*` a name that starts so, `[name=web]` the list items with that key. */
  readonly pointers?: readonly string[];
  /** JSONPath, or the paths of jq that Argo CD takes. */
  readonly jsonPaths?: readonly string[];
  /** Only what these field managers own; `*` stands for any text. */
  readonly managers?: readonly string[];
}

export interface DriftConfig {
  readonly ignore?: readonly DriftIgnore[];
  /** Built-in sets of ignored fields that are not to hold. */
  readonly withoutBuiltInSets?: readonly string[];
}

export interface EnvironmentConfig {
  readonly name: string;
  readonly paths: readonly string[];
  readonly kubernetesVersions?: readonly string[];
}

export interface LayerConfig {
  readonly name: string;
  readonly paths: readonly string[];
}

/** A rule that people write without code: an expression of CEL over `object` that must hold. */
export interface CelRuleConfig {
  /** The rule is `cel/ID`. */
  readonly id: string;
  /** Kind keys as rules have them: `apps/Deployment`, `Pod`, `github/Workflow`, `GROUP/*`, or `*`. */
  readonly kinds: readonly string[];
  readonly expression: string;
  /** What must hold, for `plumbline explain` and the heading of findings. */
  readonly title?: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly remedy?: string;
  /** `error` by default. */
  readonly severity?: Severity;
  /** `policy` by default. */
  readonly class?: 'policy' | 'quality';
  /** The field that findings stand on, `spec.replicas` or `/spec/replicas`; the one that decided by default. */
  readonly path?: string;
}

export interface KustomizeConfig {
  /** Where copies of remote resources lie, from the root: by the entry as it is written, or by repository and revision. */
  readonly remotes?: Readonly<Record<string, string>>;
}

/** `plumbline.yaml`, read. Every member has a default that suits a repository never seen before. */
export interface Config {
  /** Minors (`1.34`), in the order written; the newest known by default. */
  readonly kubernetesVersions?: readonly string[];
  readonly preset?: Preset;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Later ones win over earlier ones, and all over `rules`. */
  readonly overrides?: readonly { readonly paths: readonly string[]; readonly rules: Readonly<Record<string, RuleSetting>> }[];
  /** Files of more configuration, already merged in by whoever loads them. */
  readonly extends?: readonly string[];
  readonly exclude?: readonly string[];
  readonly external?: readonly ExternalObject[];
  readonly kustomize?: KustomizeConfig;
  readonly waivers?: readonly Waiver[];
  readonly drift?: DriftConfig;
  /** In order of promotion. */
  readonly environments?: readonly EnvironmentConfig[];
  readonly layers?: readonly LayerConfig[];
  /** API versions (`batch/v2alpha1`) or kinds of them (`batch/v2alpha1/CronJob`) that the clusters serve beyond the default. */
  readonly servedApis?: readonly string[];
  /** Where schemas of custom resources are, as kubeconform's: folders, files, and templates of paths or URLs. Relative to the root. */
  readonly schemaLocations?: readonly string[];
  /** Where `plumbline schema add` keeps what it adds; `.plumbline/schemas` by default. */
  readonly schemaFolder?: string;
  readonly celRules?: readonly CelRuleConfig[];
  readonly failOn?: Severity;
  readonly notEvaluated?: 'report' | 'fail';
  readonly plugins?: readonly string[];
}

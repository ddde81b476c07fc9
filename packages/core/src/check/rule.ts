import type { Fix } from '../edit/change.ts';
import type { History } from '../environments/history.ts';
import type { Environments } from '../environments/view.ts';
import type { Document } from '../read/document.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { PolicyRef } from '../report/finding.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { JsonObject } from '../values/json.ts';
import type { Location, Range } from '../values/range.ts';
import type { Before } from './before.ts';
import type { Inventory } from './inventory.ts';
import type { KindCatalogue } from './kinds.ts';
import type { Repository } from './repository.ts';

export type Severity = 'error' | 'warning' | 'info';
export type FindingClass = 'refusal' | 'broken' | 'server-warning' | 'policy' | 'quality' | 'drift';
/** Which presets select it: `core` ⊂ `recommended` ⊂ `strict`; `optional` only by name. */
export type RuleSet = 'core' | 'recommended' | 'strict' | 'optional';

/** What a rule says of itself; README tables and `explain` are made from it. */
export interface RuleInfo {
  /** `pack/name`, the public id. */
  readonly id: string;
  readonly aliases?: readonly string[];
  /** What must hold. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do. */
  readonly remedy: string;
  readonly severity: Severity;
  readonly class: FindingClass;
  readonly set: RuleSet;
  /** `path`: what the file must be called for the rule to look at it, where it is no Kubernetes object. */
  readonly examples?: { readonly pass: string; readonly fail: string; readonly path?: string };
  /** Where the rule comes from: a page of the Kubernetes documentation, an RFC. */
  readonly link?: string;
}

/** What a rule yields. `path` leads from the resource's own root; `range` (in the document's file) wins over it, and `at` over both. */
export interface Problem {
  /** One of the rule's `members`; the rule's own id by default. */
  readonly rule?: string;
  readonly path?: FieldPath;
  /** Which part of the field the finding stands on; `value` by default. */
  readonly part?: 'key' | 'value';
  readonly range?: Range;
  /** Where it stands in another file, which the rule read through `context.repository`. */
  readonly at?: Location;
  readonly message: string;
  readonly class?: FindingClass;
  readonly severity?: Severity;
  /** Kubernetes minors in which it holds; all that were asked by default. */
  readonly versions?: readonly string[];
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  /** What a policy of the user's says of itself; `rule` is its id, which begins with one of the rule's `prefixes`. */
  readonly info?: RuleInfo;
  /** The policy that it breaks. */
  readonly policy?: PolicyRef;
}

export interface Related {
  readonly resource: Resource;
  readonly path: FieldPath;
  readonly message: string;
}

/** A rule says so when it cannot judge this subject; counted in the report, never silent. */
export interface NotEvaluated {
  readonly notEvaluated: string;
  readonly rule?: string;
}

export interface RuleContext {
  /** Kubernetes minors asked for, newest first (`1.37`). */
  readonly versions: readonly string[];
  readonly inventory: Inventory;
  /** What other environments have; for rules of scope `environments`. */
  readonly environments: Environments;
  /** The files and folders around, and who applies them; for rules of scope `repository`. */
  readonly repository: Repository;
  /** What was committed before; for rules of scope `environments` and `repository`. */
  readonly history: History;
  /**
   * What an object was before the change that is judged: itself where the change does not reach it, null where there was none, undefined
   * where that is not known. Absent where there is nothing to compare with.
   */
  readonly before?: Before;
  /** The day of the run, `YYYY-MM-DD`; undefined where whoever runs the engine says none. */
  readonly today: string | undefined;
  readonly kinds: KindCatalogue;
  /** APIs that configuration declares served beyond the default: `batch/v2alpha1`, or `batch/v2alpha1/CronJob`. */
  readonly servedApis?: readonly string[];
  /** The rule's own `options` from configuration, `{}` by default. */
  readonly options: JsonObject;
}

interface RuleShape extends RuleInfo {
  /** The public rules that one pass reports under (schema); `id` names the pass. */
  readonly members?: readonly RuleInfo[];
  /** What the ids of the user's own policies begin with that it reports under: `vap/`. */
  readonly prefixes?: readonly string[];
}

/** Judges one resource at a time. `kinds`: kind keys (`apps/Deployment`, `Pod`, `github/Workflow`), `GROUP/*`, or `*` for every Kubernetes object. */
export interface ResourceRule extends RuleShape {
  readonly kinds: readonly string[];
  /**
   * `unit`: looks at other resources, and is not evaluated where a unit was not built. `environments`: likewise, and holds them
   * against other environments. `repository`: looks at the files and folders around; asked wherever the object is, so that it has to see
   * for itself what a build may still change (`unit`). `document` by default.
   */
  readonly scope?: 'document' | 'unit' | 'environments' | 'repository';
  check(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated>;
  /** The ids of the user's own policies that were asked about the resource; for whoever wants each outcome, also those that pass. */
  judges?(resource: Resource, context: RuleContext): Iterable<string>;
}

/** Judges the text of one file. A problem says its `range`, or a `path` in `document`. */
export interface FileRule extends RuleShape {
  readonly kinds: readonly ['any/File'];
  /** `repository`: looks at the files and objects around. `document` by default: what it says is remembered while the file is the same. */
  readonly scope?: 'document' | 'repository';
  checkFile(file: ParsedFile, context: RuleContext): Iterable<FileProblem | NotEvaluated>;
}

export interface FileProblem extends Problem {
  readonly document?: Document;
}

export type Rule = ResourceRule | FileRule;

export interface Pack {
  readonly name: string;
  readonly rules: readonly Rule[];
}

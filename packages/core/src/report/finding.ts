import type { FindingClass, Severity } from '../check/rule.ts';
import type { TextEdit } from '../edit/change.ts';
import type { Location } from '../values/range.ts';

/** A problem + rule, severity, resource, location: the shape of the JSON contract (docs/json.md). */
export interface Finding {
  readonly rule: string;
  readonly class: FindingClass;
  readonly severity: Severity;
  readonly message: string;
  readonly versions?: readonly string[];
  readonly units?: readonly string[];
  readonly environments?: readonly string[];
  readonly resource: ResourceRef | null;
  /** JSON pointer into the object, `''` where there is none. */
  readonly path: string;
  readonly location: Location | null;
  readonly origin?: readonly Origin[];
  readonly related?: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly edits: readonly (TextEdit & { readonly file: string })[] };
  readonly policy?: PolicyRef;
  readonly suppressed?: Suppression;
  readonly fingerprint: string;
}

export interface ResourceRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly role: 'base' | 'overlay' | 'patch' | 'generator' | 'template' | 'values';
}

export interface PolicyRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly rule?: string;
  readonly binding?: string;
  readonly location?: Location;
}

export interface Suppression {
  readonly by: 'waiver' | 'baseline';
  readonly reason: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly location?: Location;
}

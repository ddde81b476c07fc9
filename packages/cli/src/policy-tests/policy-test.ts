import type { UserInfo } from '@plumbline/admission';
import type { JsonObject } from '@plumbline/core';

/**
 * What comes of an object. `skip`: no policy was asked about it. `error`: an expression failed, where that is told apart from a denial
 * (Kyverno's form).
 */
export type Verdict = 'admit' | 'deny' | 'warn' | 'audit' | 'error' | 'skip';

/** How objects are asked: as a server would after defaulting, or as they are written, as the Kyverno command does. */
export type Dialect = 'server' | 'kyverno';

/** The cases of one test file, and what is around them. */
export interface PolicyTest {
  /** Path of the test file. */
  readonly file: string;
  readonly dialect: Dialect;
  /** Validating and mutating policies and their bindings; other kinds of policies are left to their own engines. */
  readonly policies: readonly JsonObject[];
  /** Namespaces, parameters and definitions that policies may look up. */
  readonly objects: readonly JsonObject[];
  /** Who asks; undefined where it is not known. */
  readonly userInfo: UserInfo | undefined;
  readonly kubernetesVersion: string | undefined;
  readonly cases: readonly PolicyCase[];
}

/** One object and what must come of it. */
export interface PolicyCase {
  /** `few: Deployment shop/web` */
  readonly name: string;
  /** Where the expectation is written. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The object; else why there is none. */
  readonly subject: { readonly object: JsonObject } | { readonly missing: string } | { readonly notEvaluated: string };
  /** The policy that is asked; all of them where undefined. */
  readonly policy: string | undefined;
  /** Any of them will do. */
  readonly expected: readonly Verdict[];
  /** One of the messages must be this. */
  readonly message: string | undefined;
  /** The object as it must come out of the mutating policies. */
  readonly mutated: JsonObject | undefined;
}

export interface CaseResult {
  readonly test: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly outcome: 'passed' | 'failed' | 'not-evaluated';
  /** Why it did not pass: what was expected and what came; or why it was not evaluated. */
  readonly reason?: string;
}

/** `Deployment shop/web` */
export function objectName(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

import type { Unit } from '../classify/unit.ts';
import type { Document } from './document.ts';
import type { SourceFile } from './source-file.ts';

/**
 * What a file is for. `manifest`: judged as Kubernetes objects; `kustomize-input`: a patch or generator input; a
 * pseudo kind (`github/Workflow`, `helm/Chart` …): judged by the rules of that kind; `unknown`: YAML of no known kind.
 */
export type FileRole = 'manifest' | 'kustomize-input' | 'helm-template' | 'unknown' | `${string}/${string}`;

/** A file, its role, and the documents in it. */
export interface ParsedFile {
  readonly file: SourceFile;
  readonly role: FileRole;
  /** Decoded text; `''` when the bytes are not text. */
  readonly text: string;
  readonly documents: readonly Document[];
  readonly unit: Unit;
  /** Written by SOPS: keys and names are as applied, values are not to be judged. */
  readonly encrypted?: true | undefined;
}

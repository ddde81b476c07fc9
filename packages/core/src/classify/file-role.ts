import type { Document } from '../read/document.ts';
import type { FileRole } from '../read/parsed-file.ts';
import type { SourceFile } from '../read/source-file.ts';
import { type JsonValue, member, valueAt } from '../values/json.ts';
import { isWholeManifest, roleOfDocument } from './document-role.ts';
import { FIRST_LOOK, type FirstLook } from './first-look.ts';
import { isPlainText, isToolJson, roleInChart, roleOfPath } from './known-paths.ts';
import { hasPlaceholder, isTemplateName, isTemplatePlace, isTemplateText } from './template-text.ts';

/** What a file is, or why it is left out. `documents` are there where it had to be read. */
export interface FileVerdict {
  readonly role: FileRole;
  readonly leftOut: string | undefined;
  readonly documents: readonly Document[] | undefined;
  /** One of the documents could not be read. */
  readonly isBroken: boolean;
}

/** What a file is by its path, then by its content. `chart`: the folder of the Helm chart it lies in. */
export function fileVerdict(
  file: SourceFile,
  chart: string | undefined,
  parseFile: (file: SourceFile) => readonly Document[],
  look: FirstLook = FIRST_LOOK,
): FileVerdict {
  const path = file.path;
  const named = (chart === undefined ? undefined : roleInChart(path, chart)) ?? roleOfPath(path);
  if (named === 'helm-template') return leave(named, 'helm-template');
  if (named !== undefined) {
    const documents = isPlainText(named, path) ? [] : parseFile(file);
    // A name promises, the content decides: people call a Deployment `compose.yaml` and a Flux object `kustomization.yaml`.
    const role = documents.some((document) => isWholeManifest(document.value)) ? 'manifest' : named;
    return { role, leftOut: undefined, documents, isBroken: documents.some((document) => document.value === undefined) };
  }
  if (look.isGitCrypt(file)) return leave('unknown', 'encrypted');
  const isJson = /\.json5?$/i.test(path);
  if (isJson && !look.mayBeManifest(file, isToolJson(path))) return leave('unknown', 'not-kubernetes');

  const documents = parseFile(file);
  let role: FileRole = 'unknown';
  let broken: Document[] | undefined;
  for (const document of documents) {
    const value = document.value;
    if (value === undefined) {
      if (broken === undefined) broken = [document];
      else broken.push(document);
    } else if (role !== 'manifest' && value !== null) {
      // One Kubernetes object makes a manifest; else the first document of a known kind counts.
      const found = roleOfDocument(value);
      if (found === 'manifest' || role === 'unknown') role = found;
    }
  }
  if (broken !== undefined) return brokenVerdict(path, isJson, role, documents, broken);
  if (isJson && role !== 'manifest') return leave('unknown', 'not-kubernetes');
  if (role === 'manifest' && ((isTemplatePlace(path) && documents.some(isTemplateDocument)) || documents.some(isExpressionName))) {
    return leave('unknown', 'template');
  }
  return { role, leftOut: undefined, documents, isBroken: false };
}

/** A file with documents that could not be read: a broken manifest, a template's text, or some tool's own dialect. */
function brokenVerdict(
  path: string,
  isJson: boolean,
  role: FileRole,
  documents: readonly Document[],
  broken: readonly Document[],
): FileVerdict {
  if (isTemplateName(path) || broken.some(({ text }) => isTemplateText(text) || hasPlaceholder(text))) return leave('unknown', 'template');
  if (role === 'manifest' || broken.some((document) => isHalfManifest(document.text))) {
    return { role: 'manifest', leftOut: undefined, documents, isBroken: true };
  }
  // JSON with comments is no YAML and no fault; what exceeds a bound is reported all the same.
  const exceedsBound = broken.some(({ problems }) => problems.some((problem) => problem.code.startsWith('bound-')));
  if (isJson && !exceedsBound) return leave('unknown', 'not-kubernetes');
  return { role, leftOut: undefined, documents, isBroken: true };
}

/** Whether the name of an object is an expression that Chainsaw evaluates before it applies the file: `($test.metadata.name)`. */
function isExpressionName({ value }: Document): boolean {
  const name = valueAt(value, ['metadata', 'name']);
  return typeof name === 'string' && /^\(.*\$.*\)$/.test(name);
}

/** Whether a document that reads as YAML still holds template actions as structure, or as the object's name. */
function isTemplateDocument(document: Document): boolean {
  const name = valueAt(document.value, ['metadata', 'name']);
  if ((typeof name === 'string' && name.includes('{{')) || isTemplateText(document.text)) return true;
  return document.text.includes('{{') && isPodKind(member(document.value, 'kind'));
}

const POD_KINDS = /^(?:Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|ReplicationController|Job|CronJob|Node)$/;

/** Whether actions in quotes are a template's all the same: objects that no controller evaluates any of their own in. */
function isPodKind(kind: JsonValue | undefined): boolean {
  return typeof kind === 'string' && POD_KINDS.test(kind);
}

export function leave(role: FileRole, reason: string): FileVerdict {
  return { role, leftOut: reason, documents: undefined, isBroken: false };
}

/** Whether the text of a document that does not parse was meant as a Kubernetes object. JSON of other tools often has a `kind` somewhere. */
function isHalfManifest(text: string): boolean {
  if (/^(apiVersion|kind)[ \t]*:/m.test(text)) return true;
  return /^\s*\{/.test(text) && /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text);
}

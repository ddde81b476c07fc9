import type { Document } from '../document.ts';
import type { FileRole } from '../parsed-file.ts';
import type { SourceFile } from '../source-file.ts';
import { roleOfDocument } from './document-role.ts';
import { isGitCrypt } from './git-crypt.ts';
import { isToolJson, roleInChart, roleOfPath } from './known-paths.ts';
import { isTemplateName, isTemplateText } from './template-text.ts';

/** What a file is, or why it is left out. `documents` are there where it had to be read. */
export interface FileVerdict {
  readonly role: FileRole;
  readonly leftOut?: string;
  readonly documents?: readonly Document[];
}

/** What a file is by its path, then by its content. `chart`: the folder of the Helm chart it lies in. */
export function fileVerdict(
  file: SourceFile,
  chart: string | undefined,
  parseFile: (file: SourceFile) => readonly Document[],
): FileVerdict {
  const path = file.path;
  const role = (chart === undefined ? undefined : roleInChart(path, chart)) ?? roleOfPath(path);
  if (role === 'helm-template') return { role, leftOut: 'helm-template' };
  if (role !== undefined) return { role };
  if (isGitCrypt(file.bytes)) return { role: 'unknown', leftOut: 'encrypted' };
  const isJson = /\.json5?$/i.test(path);
  if (isJson && (isToolJson(path) || !mayBeManifest(file.bytes))) return { role: 'unknown', leftOut: 'not-kubernetes' };
  const documents = parseFile(file);
  const found = roleOfDocuments(documents);
  const isBroken = documents.some(isUnread);
  if (isBroken && found !== 'manifest') {
    if (documents.some((document) => isUnread(document) && isHalfManifest(document.text))) {
      return isTemplate(path, documents) ? { role: 'unknown', leftOut: 'template' } : { role: 'manifest', documents };
    }
    if (isTemplate(path, documents)) return { role: 'unknown', leftOut: 'template' };
    // JSON with comments and the like is some tool's own dialect; what exceeds a bound is reported all the same.
    if (isJson && !documents.some(exceedsBound)) return { role: 'unknown', leftOut: 'not-kubernetes' };
    return { role: found, documents };
  }
  if (isBroken && isTemplate(path, documents)) return { role: 'unknown', leftOut: 'template' };
  if (isJson && found !== 'manifest') return { role: 'unknown', leftOut: 'not-kubernetes' };
  return { role: found, documents };
}

/** `manifest` where one document is a Kubernetes object; else the first that is of a known kind. */
function roleOfDocuments(documents: readonly Document[]): FileRole {
  let found: FileRole = 'unknown';
  for (const document of documents) {
    if (document.value === undefined) continue;
    const role = roleOfDocument(document.value);
    if (role === 'manifest') return role;
    if (found === 'unknown' && role !== 'empty') found = role;
  }
  return found;
}

function isUnread(document: Document): boolean {
  return document.value === undefined;
}

function exceedsBound(document: Document): boolean {
  return document.problems.some((problem) => problem.code.startsWith('bound-'));
}

/** Whether the text of a document that does not parse was meant as a Kubernetes object. */
function isHalfManifest(text: string): boolean {
  return /^(apiVersion|kind)[ \t]*:/m.test(text) || /^\s*\{[\s\S]{0,2000}"(apiVersion|kind)"\s*:/.test(text);
}

function isTemplate(path: string, documents: readonly Document[]): boolean {
  return isTemplateName(path) || documents.some((document) => isUnread(document) && isTemplateText(document.text));
}

const API_VERSION = [...'"apiVersion"'].map((character) => character.charCodeAt(0));
const KIND = [...'"kind"'].map((character) => character.charCodeAt(0));

/** Whether the bytes of a JSON file hold a member that makes a manifest: files of other tools are not worth parsing. UTF-16 is. */
function mayBeManifest(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0) return true;
  return includes(bytes, API_VERSION) || includes(bytes, KIND);
}

function includes(bytes: Uint8Array, word: readonly number[]): boolean {
  const second = word[1] ?? 0;
  for (let at = bytes.indexOf(34); at >= 0; at = bytes.indexOf(34, at + 1)) {
    if (bytes[at + 1] === second && word.every((code, index) => bytes[at + index] === code)) return true;
  }
  return false;
}

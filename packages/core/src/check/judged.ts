import type { Change, TextEdit } from '../edit/change.ts';
import { toEdits } from '../edit/edit.ts';
import type { Document } from '../read/document.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { Finding, ResourceRef } from '../report/finding.ts';
import { isSecretText, maskMessage, type SecretMask } from '../settle/mask.ts';
import type { FieldPath } from '../values/field-path.ts';
import { toPointer } from '../values/field-path.ts';
import { hashParts, keyedPath } from '../values/fingerprint.ts';
import { apiVersionOf } from '../values/gvk.ts';
import { isObject } from '../values/json.ts';
import type { Range } from '../values/range.ts';
import type { FileProblem, Problem, RuleInfo } from './rule.ts';

/** What a finding needs to know beside its problem. */
export interface FindingSetting {
  readonly info: RuleInfo;
  readonly versions: readonly string[];
  readonly mask: SecretMask;
}

export function refOf(resource: Resource): ResourceRef {
  const apiVersion = apiVersionOf(resource.gvk);
  const kind = resource.gvk.version === '' && resource.gvk.group !== '' ? `${resource.gvk.group}/${resource.gvk.kind}` : resource.gvk.kind;
  return resource.namespace === undefined
    ? { apiVersion, kind, name: resource.name }
    : { apiVersion, kind, namespace: resource.namespace, name: resource.name };
}

/** The finding of a problem that a rule has with a resource. */
export function resourceFinding(resource: Resource, problem: Problem, setting: FindingSetting): Finding {
  const { document, root, unit } = resource;
  const path = problem.path ?? EMPTY_PATH;
  const full: FieldPath = root.length === 0 ? path : [...root, ...path];
  const place = problem.range === undefined && problem.at === undefined ? resource.locate?.(full, problem.part) : undefined;
  const range = problem.at ?? problem.range ?? place ?? document.rangeOf(full, problem.part);
  const { info } = setting;
  const id = problem.rule ?? info.id;
  const ref = refOf(resource);
  const identity = [
    id,
    place?.owner ?? unit.id,
    ref.apiVersion.split('/')[0] ?? '',
    ref.kind,
    ref.namespace ?? '',
    ref.name,
    keyedPath(resource.object, path),
  ];
  if (!ref.apiVersion.includes('/')) identity[2] = '';
  if (problem.at !== undefined) identity.push(problem.at.file);
  return {
    ...common(problem, setting),
    message: maskMessage(problem.message, resource.object, document.text, setting.mask),
    units: [unit.id],
    ...(unit.environment === undefined ? {} : { environments: [unit.environment] }),
    resource: ref,
    path: toPointer(path),
    location: toLocation(problem.at?.file ?? place?.file ?? document.file.path, range),
    ...(place === undefined || place.chain.length === 0 ? {} : { origin: place.chain }),
    ...(problem.policy === undefined ? {} : { policy: problem.policy }),
    ...relatedOf(problem, setting.mask),
    ...fixOf(
      problem,
      problem.at?.file ?? place?.file ?? document.file.path,
      (fix) =>
        problem.at !== undefined
          ? undefined
          : resource.locate === undefined
            ? toEdits(document, root, fix)
            : editsOfSource(resource, fix, place?.file),
      (title) => maskMessage(title, resource.object, document.text, setting.mask),
    ),
    fingerprint: hashParts(identity),
  };
}

/** The finding of a problem that a rule has with a file's text. Its fingerprint is made when the order is known. */
export function fileFinding(file: ParsedFile, problem: FileProblem, setting: FindingSetting): Finding {
  const document = problem.document;
  const path = problem.path ?? EMPTY_PATH;
  const range = problem.range ?? document?.rangeOf(path, problem.part) ?? START;
  return {
    ...common(problem, setting),
    message: maskFileMessage(problem.message, file, document, range, setting.mask),
    ...(file.unit.environment === undefined ? {} : { environments: [file.unit.environment] }),
    resource: null,
    path: toPointer(path),
    location: toLocation(file.file.path, range),
    ...relatedOf(problem, setting.mask),
    ...fixOf(
      problem,
      file.file.path,
      (fix) => (document === undefined ? undefined : toEdits(document, EMPTY_PATH, fix)),
      (title) => maskFileMessage(title, file, document, range, setting.mask),
    ),
    fingerprint: '',
  };
}

/** Where a document was read without a flaw its secret values are known; else whatever is quoted may be one. */
function maskFileMessage(message: string, file: ParsedFile, given: Document | undefined, at: Range, mask: SecretMask): string {
  if (!isSecretText(file.text)) return message;
  const document = given ?? file.documents.find(({ range }) => range.line <= at.line && at.line <= range.endLine);
  const isClean = document !== undefined && document.problems.length === 0;
  return maskMessage(message, isClean && isObject(document.value) ? document.value : undefined, file.text, mask);
}

const EMPTY_PATH: FieldPath = [];
const START: Range = { line: 1, column: 1, endLine: 1, endColumn: 1 };

function toLocation(file: string, range: Range): NonNullable<Finding['location']> {
  return { file, line: range.line, column: range.column, endLine: range.endLine, endColumn: range.endColumn };
}

function common(problem: Problem, setting: FindingSetting): Pick<Finding, 'rule' | 'class' | 'severity' | 'versions'> {
  const { info } = setting;
  const findingClass = problem.class ?? info.class;
  const isServers = findingClass === 'refusal' || findingClass === 'server-warning';
  const versions = problem.versions ?? (isServers ? setting.versions : undefined);
  return {
    rule: problem.rule ?? info.id,
    class: findingClass,
    severity: problem.severity ?? info.severity,
    ...(versions === undefined ? {} : { versions }),
  };
}

function relatedOf(problem: Problem, mask: SecretMask): Pick<Finding, 'related'> {
  if (problem.related === undefined || problem.related.length === 0) return {};
  return {
    related: problem.related.map(({ resource, path, message }) => {
      const { document, object, root } = resource;
      const place = resource.locate?.(path);
      const range = place ?? document.rangeOf([...root, ...path]);
      return {
        file: place?.file ?? document.file.path,
        line: range.line,
        column: range.column,
        message: maskMessage(message, object, document.text, mask),
      };
    }),
  };
}

/** Edits of the text that a built object is made of: all of one document, the one that the finding stands in. */
function editsOfSource(resource: Resource, changes: readonly Change[], file: string | undefined): readonly TextEdit[] | undefined {
  const [document, ...others] = new Set(changes.map(({ path }) => resource.writtenIn?.(path)));
  return document === undefined || others.length > 0 || document.file.path !== file ? undefined : toEdits(document, EMPTY_PATH, changes);
}

type EditMaker = (changes: readonly Change[]) => readonly TextEdit[] | undefined;

function fixOf(problem: Problem, file: string, make: EditMaker, mask: (title: string) => string): Pick<Finding, 'fix'> {
  const fix = problem.fix;
  if (fix === undefined) return {};
  const made = fix.changes === undefined || fix.changes.length === 0 ? [] : make(fix.changes);
  const edits = made === undefined ? [] : [...made, ...(fix.edits ?? [])];
  // An edit that cannot be made for certain is not offered; the finding stays.
  if (edits.length === 0) return {};
  return { fix: { title: mask(fix.title), safe: fix.safe, edits: edits.map((edit) => ({ ...edit, file })) } };
}

import { type FieldPath, isObject, type JsonObject, type JsonValue, mayGainFields, type Resource, valueAt } from '@plumbline/core';
import { judgeMetadataLists } from './metadata-lists.ts';
import { nameRuleOf } from './name-rules.ts';
import { isGoodAnnotation, keyFault, nameFault } from './names.ts';
import { isLeftToLater } from './placeholder.ts';
import { judgeLabelMap } from './selector.ts';
import { advise, quote, refuse, skip, type Verdict } from './verdict.ts';

const PLACEHOLDER = 'the name has a variable that is filled in later';

/** metadata.name, generateName and namespace, as the server of a minor judges them on create. */
export function judgeNames(resource: Resource, minor: number, scope: 'Namespaced' | 'Cluster' | undefined, verdict: Verdict): void {
  const metadata = resource.object.metadata;
  const meta: JsonObject = isObject(metadata) ? metadata : {};
  const rule = nameRuleOf(resource.gvk, minor);
  if (rule.isUnjudged) return;
  const { name, generateName } = meta;
  if (!isText(name) && !isText(generateName)) {
    // A name of another type is a wrong type, not a missing one.
    const isAbsent = (one: JsonValue | undefined): boolean => one === undefined || one === null || one === '';
    if (
      !isAbsent(name) ||
      !isAbsent(generateName) ||
      rule.isOptional ||
      (metadata !== undefined && metadata !== null && !isObject(metadata))
    )
      return;
    if (mayGainFields(resource)) skip(verdict, 'meta/name-missing', 'a build that was not run may add the name');
    else
      refuse(verdict, 'meta/name-missing', ['metadata', 'name'], 'the object has neither metadata.name nor metadata.generateName', {
        part: 'key',
      });
  }
  // Kustomize's namespace transformer also renames the Namespace itself.
  const mayMove = resource.unit.state === 'unbuilt' && (resource.unit.mayAdd?.namespace ?? true);
  if (mayMove && resource.gvk.kind === 'Namespace' && resource.gvk.group === '') {
    if (isText(name) && nameFault(name, rule.form) !== undefined)
      skip(verdict, 'meta/name-invalid', 'a build that was not run may rename the namespace');
  } else if (isText(name)) judgeName(name, ['metadata', 'name'], rule.form, rule.longest, verdict);
  // Characters are added, so that a trailing dash is in its place: maskTrailingDash of apimachinery. It is judged beside a name, too.
  if (isText(generateName) && !(rule.isPrefixFree && isText(name)))
    judgeName(generateName.replace(/[\s\S]-$/, 'a'), ['metadata', 'generateName'], rule.form, undefined, verdict, generateName);
  const { namespace } = meta;
  if (!isText(namespace)) return;
  if (scope === 'Cluster') {
    const path: FieldPath = ['metadata', 'namespace'];
    // What a build puts everywhere nobody can take away from one object alone.
    if (resource.locate !== undefined && resource.writtenIn?.(path) === undefined) return;
    const fix = { title: 'remove metadata.namespace', safe: true, changes: [{ op: 'remove' as const, path, before: namespace }] };
    advise(
      verdict,
      'meta/namespace-on-cluster-scoped',
      path,
      `${resource.gvk.kind} is cluster-scoped: namespace ${quote(namespace)} is ignored`,
      { part: 'key', fix },
    );
  } else if (scope === 'Namespaced' && !mayMove) judgeName(namespace, ['metadata', 'namespace'], 'label', undefined, verdict);
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function judgeName(
  name: string,
  path: FieldPath,
  form: Parameters<typeof nameFault>[1],
  longest: number | undefined,
  verdict: Verdict,
  written = name,
): void {
  const fault = nameFault(name, form, longest);
  if (fault === undefined) return;
  if (isLeftToLater(name, verdict)) skip(verdict, 'meta/name-invalid', PLACEHOLDER);
  else refuse(verdict, 'meta/name-invalid', path, `${String(path.at(-1))} ${quote(written)} ${fault}`);
}

/** Where labels and selectors stand that the server judges, beside the object's own. */
const TEMPLATES: Readonly<Record<string, FieldPath>> = {
  Deployment: ['spec', 'template', 'metadata'],
  DaemonSet: ['spec', 'template', 'metadata'],
  ReplicaSet: ['spec', 'template', 'metadata'],
  StatefulSet: ['spec', 'template', 'metadata'],
  Job: ['spec', 'template', 'metadata'],
  ReplicationController: ['spec', 'template', 'metadata'],
  PodTemplate: ['template', 'metadata'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
};
/** Selectors that are plain maps of labels; the others are known by their type. */
const SELECTORS: Readonly<Record<string, FieldPath>> = {
  ReplicationController: ['spec', 'selector'],
  Service: ['spec', 'selector'],
};

/** Labels, annotations and selectors. `isBuiltin`: of a custom resource only its own metadata is known. */
export function judgeLabels(resource: Resource, isBuiltin: boolean, verdict: Verdict): void {
  const { object } = resource;
  const { kind } = resource.gvk;
  if (isBuiltin && nameRuleOf(resource.gvk, 0).isUnjudged) return;
  judgeMeta(object.metadata, ['metadata'], verdict);
  if (isObject(object.metadata)) judgeMetadataLists(object.metadata, resource.gvk, isBuiltin, verdict);
  if (!isBuiltin) return;
  const template = Object.hasOwn(TEMPLATES, kind) ? TEMPLATES[kind] : undefined;
  if (template !== undefined) judgeMeta(valueAt(object, template), template, verdict);
  const selector = Object.hasOwn(SELECTORS, kind) ? SELECTORS[kind] : undefined;
  if (selector !== undefined) judgeLabelMap(valueAt(object, selector), selector, { verdict });
}

function judgeMeta(metadata: JsonValue | undefined, path: FieldPath, verdict: Verdict): void {
  if (!isObject(metadata)) return;
  judgeLabelMap(metadata.labels, [...path, 'labels'], { verdict });
  const { annotations } = metadata;
  if (!isObject(annotations)) return;
  for (const key in annotations) {
    if (isGoodAnnotation(key)) continue;
    if (isLeftToLater(key, verdict)) skip(verdict, 'meta/label-invalid', PLACEHOLDER);
    else
      refuse(verdict, 'meta/label-invalid', [...path, 'annotations', key], `annotation key ${quote(key)} ${keyFault(key.toLowerCase())}`, {
        part: 'key',
      });
  }
}

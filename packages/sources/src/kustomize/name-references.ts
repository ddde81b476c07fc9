import { addTo } from '@plumbline/core';
import { applyPath, type FieldSpec } from './field-spec.ts';
import { setValue } from './names.ts';
import { field, isNull, isString, type Node, scalar, textOf, touch } from './node.ts';
import { BuildError } from './problem.ts';
import { describe, effectiveNamespace, type Gvk, isSelected } from './res-id.ts';
import type { Resource } from './resource.ts';
import { setField } from './set-field.ts';
import type { NameReference } from './transformer-config.ts';

/** Writes the names that objects have now where others refer to them by names that they had. */
export function fixNameReferences(resources: readonly Resource[], references: readonly NameReference[]): void {
  const byName = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const name of new Set(resource.previousNames.map((id) => id.name))) {
      addTo(byName, name, resource);
    }
  }
  const fields = fieldsByKind(references);
  for (const referrer of resources) {
    checkSubjects(referrer);
    const original = referrer.orgId();
    for (const { target, spec } of fields(original.kind)) {
      if (!isSelected(original, spec)) continue;
      applyPath(referrer.node, spec.path, (node) => new Referrer(referrer, target, spec.path, byName).update(node));
    }
  }
}

/** A role binding names the namespaces of service accounts, or kustomize refuses it. */
function checkSubjects({ kind, node }: Resource): void {
  if (kind !== 'RoleBinding') return;
  for (const subject of field(node, 'subjects')?.content ?? []) {
    const [namespace, subjectKind] = [field(subject, 'namespace'), field(subject, 'kind')];
    if (namespace === undefined || subjectKind === undefined) continue;
    if (!isString(subjectKind)) throw new BuildError('the kind of this subject is no text', subjectKind.mark);
    if (subjectKind.value !== 'ServiceAccount' || isString(namespace)) continue;
    throw new BuildError('the namespace of this service account is no text', namespace.mark);
  }
}

interface ReferenceField {
  readonly target: Gvk;
  readonly spec: FieldSpec;
}

const known = new WeakMap<readonly NameReference[], Map<string, readonly ReferenceField[]>>();

/** Gives the fields that refer to others, for a kind that has them. */
function fieldsByKind(references: readonly NameReference[]): (kind: string) => readonly ReferenceField[] {
  let byKind = known.get(references);
  if (byKind === undefined) {
    byKind = new Map();
    known.set(references, byKind);
  }
  const found = byKind;
  return (kind) => {
    let fields = found.get(kind);
    if (fields === undefined) {
      fields = references.flatMap((target) =>
        target.fieldSpecs.flatMap((spec) => (spec.kind === '' || spec.kind === kind ? [{ target, spec }] : [])),
      );
      found.set(kind, fields);
    }
    return fields;
  };
}

class Referrer {
  private readonly resource: Resource;
  private readonly target: Gvk;
  private readonly path: string;
  private readonly byName: ReadonlyMap<string, readonly Resource[]>;

  constructor(resource: Resource, target: Gvk, path: string, byName: ReadonlyMap<string, readonly Resource[]>) {
    this.resource = resource;
    this.target = target;
    this.path = path;
    this.byName = byName;
  }

  update(node: Node): void {
    if (isNull(node)) return;
    if (node.kind === 'scalar') this.updateText(node);
    else if (node.kind === 'map') this.updateMap(node);
    else {
      for (const item of node.content) {
        if (isNull(item)) continue;
        if (item.kind === 'seq') throw new BuildError(`a list in a list cannot name an object, at ${this.path}`, item.mark);
        if (item.kind === 'scalar') this.updateText(item);
        else this.updateMap(item);
      }
    }
  }

  private updateText(node: Node): void {
    const referral = this.choose(this.candidates(node.value), node, (a, b) => a.name === b.name);
    if (referral === undefined || referral.name === node.value) return;
    setValue(node, referral.name);
    touchBy(node, referral);
  }

  private updateMap(node: Node): void {
    const name = field(node, 'name');
    if (name === undefined) throw new BuildError(`there is no "name" where ${this.path} names an object`, node.mark);
    const namespace = field(node, 'namespace');
    const all = this.candidates(name.value);
    const found = namespace === undefined ? all : this.inNamespace(all, namespace.value);
    const referral = this.choose(found, node, (a, b) => a.name === b.name && a.namespace === b.namespace);
    if (referral === undefined || (referral.name === name.value && referral.namespace === '')) return;
    if (referral.name !== name.value) {
      setValue(name, referral.name);
      touchBy(name, referral);
    }
    if (referral.namespace === '' || (namespace !== undefined && textOf(namespace) === referral.namespace)) return;
    const own = field(field(referral.node, 'metadata'), 'namespace');
    setField(node, 'namespace', scalar(referral.namespace, own?.mark ?? node.mark));
  }

  /** Those of the namespace that the reference names: as they were at first, where there is any object in it, else as they are. */
  private inNamespace(candidates: readonly Resource[], namespace: string): readonly Resource[] {
    const scoped = candidates.filter((each) => effectiveNamespace(each.orgId()) === namespace);
    const hasAny = scoped.length > 0 || this.hasOriginal(namespace);
    return hasAny ? scoped : candidates.filter((each) => effectiveNamespace(each.curId()) === namespace && !each.curId().isClusterScoped);
  }

  private hasOriginal(namespace: string): boolean {
    for (const list of this.byName.values())
      if (list.some((each) => this.mayRefer(each) && effectiveNamespace(each.orgId()) === namespace)) return true;
    return false;
  }

  private candidates(name: string): readonly Resource[] {
    return (this.byName.get(name) ?? []).filter((each) => this.mayRefer(each));
  }

  /** Whether the referrer is in a position to refer to the object at all. */
  private mayRefer(target: Resource): boolean {
    const [own, id] = [this.resource.curId(), target.curId()];
    if (own.isClusterScoped || id.isClusterScoped || effectiveNamespace(own) === effectiveNamespace(id)) return true;
    if (this.resource.kind !== 'RoleBinding') return false;
    const subjects = field(this.resource.node, 'subjects');
    return (subjects?.content ?? []).some(
      (subject) => textOf(field(subject, 'kind')) === 'ServiceAccount' && field(subject, 'namespace')?.value === target.namespace,
    );
  }

  private choose(found: readonly Resource[], at: Node, isSame: (a: Resource, b: Resource) => boolean): Resource | undefined {
    const role = this.roleRef();
    const own = this.resource.curId();
    let candidates = found.filter((each) => {
      const previous = each.prevIds();
      if (!previous.some((id) => isSelected(id, this.target))) return false;
      if (role !== undefined && !previous.some((id) => isSelected(id, role))) return false;
      const id = each.curId();
      return (
        own.isClusterScoped || id.isClusterScoped || each.kind === 'ServiceAccount' || effectiveNamespace(own) === effectiveNamespace(id)
      );
    });
    if (candidates.length === 1) return candidates[0];
    candidates = candidates.filter((each) => hasSameAffixes(this.resource, each, true));
    if (candidates.length > 1) candidates = candidates.filter((each) => hasSameAffixes(this.resource, each, false));
    const [first, ...others] = candidates;
    if (first === undefined || others.every((each) => isSame(first, each))) return first;
    throw new BuildError(
      `this may name ${candidates.map((each) => describe(each.curId())).join(' or ')}; kustomize cannot tell which`,
      at.mark,
    );
  }

  private roleRef(): Partial<Gvk> | undefined {
    if (!this.path.endsWith('roleRef/name')) return undefined;
    const role = field(this.resource.node, 'roleRef');
    const [group, kind] = [field(role, 'apiGroup'), field(role, 'kind')];
    return group === undefined || kind === undefined ? undefined : { group: group.value, kind: kind.value };
  }
}

function touchBy(node: Node, referral: Resource): void {
  const name = field(field(referral.node, 'metadata'), 'name');
  if (name !== undefined) touch(node, (name.history ?? name).mark);
}

function hasSameAffixes(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  const agree = (one: readonly string[], other: readonly string[]): boolean =>
    (allowEmpty && (one.length === 0 || other.length === 0)) || endsAlike(one, other);
  return agree(a.prefixes, b.prefixes) && agree(a.suffixes, b.suffixes);
}

function endsAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  if (short.length === 0) return long.length === 0;
  const shift = long.length - short.length;
  return short.every((each, index) => long[index + shift] === each);
}

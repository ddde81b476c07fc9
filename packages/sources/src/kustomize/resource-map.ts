import { isEmpty } from './node.ts';
import { BuildError } from './problem.ts';
import { describe, keyOf, type ResId } from './res-id.ts';
import type { Resource } from './resource.ts';

/** The objects of a build in order; no two have the same id now. */
export class ResourceMap {
  private objects: Resource[] = [];
  /** The objects by their ids; dropped once any object may have changed. */
  private index: Map<string, Resource> | undefined;

  get list(): Resource[] {
    return this.objects;
  }

  set list(resources: Resource[]) {
    this.objects = resources;
    this.index = undefined;
  }

  /** Says that objects have been changed. */
  changed(): void {
    this.index = undefined;
  }

  append(resource: Resource): void {
    this.appendAll([resource]);
  }

  /** Throws a BuildError where an object is there already. */
  appendAll(resources: readonly Resource[]): void {
    this.index ??= new Map(this.objects.map((each) => [keyOf(each.curId()), each]));
    for (const resource of resources) {
      const key = keyOf(resource.curId());
      const before = this.index.get(key);
      if (before !== undefined) throw duplicate(resource, before);
      this.index.set(key, resource);
      this.objects.push(resource);
    }
  }

  byAnyId(matches: (id: ResId) => boolean): Resource[] {
    return this.objects.filter((resource) => !isEmpty(resource.node) && resource.anyIds().some(matches));
  }

  dropEmpty(): void {
    if (this.objects.some((resource) => isEmpty(resource.node))) this.list = this.objects.filter((resource) => !isEmpty(resource.node));
  }
}

function duplicate(resource: Resource, before: Resource): BuildError {
  const first = nameMark(before);
  const range = first.range();
  return new BuildError(
    `${describe(resource.curId())} is there already, from ${first.file}:${range.line}; kustomize accepts an object once`,
    nameMark(resource),
  );
}

export function nameMark(resource: Resource): Resource['node']['mark'] {
  const metadata = resource.node.content.find((_node, index, all) => index % 2 === 1 && all[index - 1]?.value === 'metadata');
  const name = metadata?.content.find((_node, index, all) => index % 2 === 1 && all[index - 1]?.value === 'name');
  return (name ?? metadata ?? resource.node).mark;
}

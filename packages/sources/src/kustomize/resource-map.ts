import type { Mark } from './mark.ts';
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

  /** Throws a BuildError where an object is there already; `at` is what brings the objects in. */
  appendAll(resources: readonly Resource[], at?: Mark): void {
    this.index ??= new Map(this.objects.map((each) => [keyOf(each.curId()), each]));
    for (const resource of resources) {
      const key = keyOf(resource.curId());
      const before = this.index.get(key);
      if (before !== undefined) throw duplicate(resource, before, at);
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

function duplicate(resource: Resource, before: Resource, at: Mark | undefined): BuildError {
  const [first, second] = [nameMark(before), nameMark(resource)];
  const { line } = first.range();
  const where = `${first.file}:${line}`;
  const id = describe(resource.curId());
  if (at !== undefined && second.file === first.file && second.range().line === line) {
    return new BuildError(`this includes ${id} once more, from ${where}; kustomize accepts an object once`, at, 'kust/duplicate-resource');
  }
  return new BuildError(`${id} is there already, from ${where}; kustomize accepts an object once`, second, 'kust/duplicate-resource');
}

export function nameMark(resource: Resource): Resource['node']['mark'] {
  const metadata = resource.node.content.find((_node, index, all) => index % 2 === 1 && all[index - 1]?.value === 'metadata');
  const name = metadata?.content.find((_node, index, all) => index % 2 === 1 && all[index - 1]?.value === 'name');
  return (name ?? metadata ?? resource.node).mark;
}

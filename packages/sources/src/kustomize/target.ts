import { Accumulator, type Shared } from './accumulator.ts';
import { joinPaths } from './build-metadata.ts';
import { type Entry, isInline, misplacedComponent, missingComponent, missingResource, noComponent } from './entry.ts';
import { absorb, generate } from './generators.ts';
import { type Kustomization, readKustomization } from './kustomization.ts';
import { isRemote, type Loader, textOfFile } from './loader.ts';
import type { Mark } from './mark.ts';
import { isUntouched } from './node.ts';
import { objectsOf } from './objects.ts';
import { generatorOf, originOfPlugin, transformerOf } from './plugins.ts';
import { NotBuiltError } from './problem.ts';
import { readObjects } from './read-nodes.ts';
import { type BuildOrigin, Resource } from './resource.ts';
import type { Settings } from './settings.ts';
import { readConfigurations, readCrds } from './spec-files.ts';
import { transformersOf } from './transformers.ts';
import { noteVariables } from './variables.ts';
import { embeddedText } from './written-text.ts';

/** One kustomization of a build: what it includes, generates and changes. */
export class Target {
  readonly kustomization: Kustomization;
  private readonly loader: Loader;
  private readonly shared: Shared & { setSchema(target: Target): void };
  /** Where the folder is as entries lead to it, where origins are kept. */
  private readonly origin: string | undefined;

  /** `given`: the kustomization, where it is not the one that lies in the folder. */
  constructor(
    loader: Loader,
    shared: Shared & { setSchema(target: Target): void },
    origin: string | undefined,
    at: Mark | undefined,
    given?: Kustomization,
  ) {
    this.loader = loader;
    this.shared = shared;
    this.kustomization = given ?? readKustomization(loader, at);
    this.origin = origin;
    shared.setSchema(this);
  }

  private get settings(): Settings {
    return this.kustomization.settings;
  }

  /** The OpenAPI document that the kustomization names. */
  schemaFile(): ReturnType<Loader['load']> | undefined {
    const openapi = this.settings.get('openapi');
    const path = openapi?.get('path');
    const version = openapi?.get('version');
    if (path !== undefined) {
      if (version !== undefined) throw version.error('openapi has either a path or a version, not both');
      return this.loader.load(String(path.value), path.mark(), 'overlay');
    }
    if (version !== undefined && version.value !== '' && version.value !== 'v1.21.2') {
      throw version.error('kustomize has the OpenAPI version v1.21.2 only');
    }
    return undefined;
  }

  /** All objects of the kustomization. A component works on what its includer has so far. */
  accumulate(into = new Accumulator()): Accumulator {
    const { settings, loader } = this;
    const here = settings.mark('key');
    this.include([...settings.texts('resources'), ...settings.texts('bases')], into);
    into.mergeConfig(readConfigurations(settings.texts('configurations'), loader), here);
    into.mergeConfig(readCrds(settings.texts('crds'), loader), here);
    this.generate(into);
    for (const entry of settings.texts('components')) this.addComponent(entry, into);
    this.transform(into);
    this.validate(into);
    noteVariables(into, settings.items('vars'));
    return into;
  }

  private include(entries: readonly Entry[], into: Accumulator): void {
    for (const entry of entries) {
      if (isRemote(entry.text)) this.includeRemote(entry, into);
      else if (!this.includeFile(entry, into)) this.includeFolder(entry, into);
    }
  }

  private includeFile({ text, at }: Entry, into: Accumulator): boolean {
    const file = this.loader.find(text, at.mark(), 'base');
    if (file === undefined) return false;
    const resources = objectsOf(file, 'base');
    if (resources.length === 0) this.loader.session.hasGaps = true;
    if (this.origin !== undefined) for (const resource of resources) resource.origin = { path: joinPaths(this.origin, text) };
    into.resources.appendAll(resources, at.mark());
    return true;
  }

  private includeFolder(entry: Entry, into: Accumulator): void {
    const mark = entry.at.mark();
    const loader = this.loader.enter(entry.text, mark);
    if (loader === undefined) throw missingResource(entry);
    const target = this.below(loader, entry);
    if (target.kustomization.isComponent) throw misplacedComponent(entry);
    into.absorb(target.accumulate(), mark);
  }

  private includeRemote(entry: Entry, into: Accumulator): void {
    const mark = entry.at.mark();
    if (/^https?:\/\//i.test(entry.text)) {
      const local = this.loader.session.options.remote?.(entry.text);
      const file = local === undefined ? undefined : this.loader.session.read(local, 'base');
      if (file !== undefined) {
        into.resources.appendAll(objectsOf(file, 'base'));
        return;
      }
    }
    const loader = this.loader.enter(entry.text, mark);
    if (loader !== undefined) into.absorb(this.below(loader, entry).accumulate(), mark);
  }

  private below(loader: Loader, { text, at }: Entry): Target {
    return new Target(loader, this.shared, this.origin === undefined ? undefined : joinPaths(this.origin, text), at.mark());
  }

  private addComponent(entry: Entry, into: Accumulator): void {
    const loader = this.loader.enter(entry.text, entry.at.mark());
    if (loader === undefined) throw missingComponent(entry);
    const target = this.below(loader, entry);
    if (!target.kustomization.isComponent) throw noComponent(entry);
    target.accumulate(into);
  }

  private configuredIn(): string {
    return joinPaths(this.origin ?? '', this.kustomization.file.path.slice(this.kustomization.file.path.lastIndexOf('/') + 1));
  }

  private builtinOrigin(kind: string): BuildOrigin {
    return { configuredIn: this.configuredIn(), configuredBy: { apiVersion: 'builtin', kind } };
  }

  private generate(into: Accumulator): void {
    const { settings, loader } = this;
    const common = settings.get('generatorOptions');
    const take = (resource: Resource, by: BuildOrigin): void => {
      if (this.origin !== undefined) resource.origin ??= by;
      absorb(into.resources, resource);
    };
    const made = (['ConfigMap', 'Secret'] as const).flatMap((kind) =>
      settings.items(kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator').map((entry) => ({ kind, entry })),
    );
    if (settings.items('helmCharts').length + settings.items('helmChartInflationGenerator').length > 0) {
      throw new NotBuiltError('charts are not inflated');
    }
    const plugins = this.configured(settings.texts('generators')).map((resource) => ({ resource, run: generatorOf(resource, loader) }));
    for (const { kind, entry } of made) take(generate(kind, entry, common, loader), this.builtinOrigin(`${kind}Generator`));
    for (const { resource, run } of plugins) for (const each of run()) take(each, originOfPlugin(resource));
  }

  private transform(into: Accumulator): void {
    const { settings, loader, shared } = this;
    const all = [
      ...transformersOf(settings, into.config, loader, shared),
      ...this.configured(settings.texts('transformers')).map((resource) => transformerOf(resource, loader, shared)),
    ];
    for (const { run, kind, origin } of all) {
      run(into.resources);
      into.resources.changed();
      if (this.origin !== undefined) this.noteTransformation(into, origin ?? this.builtinOrigin(kind));
      into.resources.dropEmpty();
    }
  }

  /** A validator is a transformer that must not write anything, not even what is there already. */
  private validate(into: Accumulator): void {
    const { settings, loader, shared } = this;
    const entries = settings.texts('validators');
    const [first] = entries;
    if (first === undefined) return;
    const before = into.resources.list.map(({ node }) => node.copy());
    for (const resource of this.configured(entries)) transformerOf(resource, loader, shared).run(into.resources);
    const after = into.resources.list;
    const isSame = after.length === before.length && after.every(({ node }, index) => isUntouched(node, before[index]));
    if (!isSame) throw first.at.error('a validator may not change the objects');
  }

  private noteTransformation(into: Accumulator, origin: BuildOrigin): void {
    for (const resource of into.resources.list) {
      if (resource.origin === undefined) resource.origin = origin;
      else resource.transformations.push(origin);
    }
  }

  /** The objects that configure generators or transformers: written in the kustomization, or in files and folders that it names. */
  private configured(entries: readonly Entry[]): readonly Resource[] {
    const into = new Accumulator();
    for (const entry of entries) {
      const inline = this.inlineObjects(entry);
      if (inline === undefined) this.include([entry], into);
      else into.resources.appendAll(inline);
    }
    return into.resources.list;
  }

  private inlineObjects(entry: Entry): readonly Resource[] | undefined {
    const { text, at } = entry;
    if (!isInline(entry)) return undefined;
    const written = embeddedText(textOfFile(this.kustomization.file), at.mark(), 'overlay', text);
    return readObjects(written).map((node) => {
      const resource = new Resource(node);
      if (this.origin !== undefined) resource.origin = { path: this.configuredIn() };
      return resource;
    });
  }
}

import type { ApplyingObject, BuildRequest, BuildResult, BuiltObject, InputReader, OpenChanges } from '@plumbline/core';
import { settingsOfApplying } from '../flux/applying-settings.ts';
import { AmendedSettings, type Amendments } from '../kustomize/amended-settings.ts';
import { buildKustomization } from '../kustomize/build.ts';
import { type Kustomization, readKustomization } from '../kustomize/kustomization.ts';
import type { BuildOptions, Loader } from '../kustomize/loader.ts';
import { BuildError } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resource.ts';
import type { ResourceMap } from '../kustomize/resource-map.ts';
import { Settings } from '../kustomize/settings.ts';
import { imageArgument } from './image-argument.ts';
import { hasNamespace } from './namespaced-kinds.ts';

/** Builds the kustomization that an Argo CD Application applies: with what `kustomize edit` writes into it first, and the namespace of the destination last. */
export function buildArgo(request: BuildRequest, deployer: ApplyingObject, inputs: InputReader, options: BuildOptions): BuildResult {
  const application = settingsOfApplying(deployer);
  const source = deployer.source.reduce<Settings | undefined>(memberOf, application);
  if (source?.get('plugin') !== undefined) return { notBuilt: 'what a plugin of Argo CD makes is not known' };
  if (source?.get('directory') !== undefined) return { notBuilt: 'Argo CD is told to read the folder of a kustomization as plain files' };
  const kustomize = source?.get('kustomize');
  const destination = application.get('spec')?.get('destination')?.get('namespace');
  const order: Resource[] = [];
  const open = new Set<Resource>();
  const result = buildKustomization(request.folder, inputs, options, {
    kustomization: (loader) => (kustomize === undefined ? readKustomization(loader, undefined) : edited(loader, kustomize)),
    finish(resources) {
      if (destination !== undefined) for (const resource of withDefaultNamespace(resources, destination)) open.add(resource);
      order.push(...resources.list);
    },
  });
  if (!('resources' in result)) return result;
  const { effects, renamed } = result;
  const objects = result.resources.map(({ object, locate }, index): BuiltObject => {
    const resource = order[index];
    return { object, locate, ...(resource !== undefined && open.has(resource) ? { open: MAY_GET_A_NAMESPACE } : {}) };
  });
  return { objects, inputs: [...result.inputs.keys()], effects, renamed };
}

function memberOf(settings: Settings | undefined, step: string | number): Settings | undefined {
  return typeof step === 'number' ? settings?.elements()[step] : settings?.get(step);
}

/** The kustomization of the folder once Argo CD has edited it. */
function edited(loader: Loader, kustomize: Settings): Kustomization {
  const own = readKustomization(loader, undefined);
  const fields = new Map<string, Settings | undefined>();
  for (const name of ['namePrefix', 'nameSuffix', 'namespace']) {
    const setting = kustomize.get(name);
    if (setting !== undefined && kustomize.text(name) !== '') fields.set(name, setting);
  }
  const labels = kustomize.entries('commonLabels');
  const isWithoutSelector = kustomize.flag('labelWithoutSelector');
  const lists: NonNullable<Amendments['lists']> = new Map([
    ['images', (entries: Settings[]) => setImages(entries, kustomize)],
    [
      'replicas',
      (entries: Settings[]) => [
        ...entries.filter((entry) => !names(kustomize, 'replicas').has(entry.text('name'))),
        ...kustomize.items('replicas').map(asCount),
      ],
    ],
    ['patches', (entries: Settings[]) => [...entries, ...kustomize.items('patches')]],
    ['components', (entries: Settings[]) => [...entries, ...componentsOf(kustomize, loader)]],
    ['labels', (entries: Settings[]) => (isWithoutSelector && labels.length > 0 ? [...entries, plainLabels(kustomize)] : entries)],
  ]);
  const entries: NonNullable<Amendments['entries']> = new Map([
    ['commonLabels', (before) => (isWithoutSelector ? before : joined(before, labels, kustomize, 'commonLabels', 'forceCommonLabels'))],
    [
      'commonAnnotations',
      (before) => joined(before, kustomize.entries('commonAnnotations'), kustomize, 'commonAnnotations', 'forceCommonAnnotations'),
    ],
  ]);
  return { ...own, settings: new AmendedSettings(own.settings, { fields, lists, entries }) };
}

/** `kustomize edit set image`: an entry of the same name gives way; all are put in order of name. */
function setImages(own: Settings[], kustomize: Settings): Settings[] {
  const images = kustomize.texts('images');
  if (images.length === 0) return own;
  const byName = new Map<string, Settings>(own.map((entry) => [entry.text('name'), entry]));
  for (const { text, at } of images) {
    const image = imageArgument(text);
    if (image === undefined)
      throw at.error(`"${text}" is no image as "kustomize edit set image" takes it: name:tag, name@digest, name=new:tag`);
    byName.set(image.name, imageEntry(at, image, byName.get(image.name)));
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** An entry of `images` whose every field stands on the argument; `*` stands for what was there before. */
function imageEntry(at: Settings, image: ReturnType<typeof imageArgument> & object, before: Settings | undefined): Settings {
  const fields = new Map<string, Settings | undefined>([['name', valued(at, image.name)]]);
  for (const name of ['newName', 'newTag', 'digest'] as const) {
    const text = image[name] === '*' ? (before?.text(name) ?? '') : image[name];
    fields.set(name, text === '' ? undefined : valued(at, text));
  }
  return new AmendedSettings(at, { fields });
}

function valued(at: Settings, text: string): Settings {
  return new Settings(at.place, at.role, text, at.path);
}

function names(settings: Settings, list: string): ReadonlySet<string> {
  return new Set(settings.items(list).map((entry) => entry.text('name')));
}

/** A count may be written as a text here. */
function asCount(entry: Settings): Settings {
  const count = entry.get('count');
  if (typeof count?.value !== 'string') return entry;
  const number = Number(count.value);
  if (!Number.isInteger(number)) throw count.error('the count of replicas is a whole number');
  return new AmendedSettings(entry, { fields: new Map([['count', new Settings(count.place, count.role, number, count.path)]]) });
}

function componentsOf(kustomize: Settings, loader: Loader): Settings[] {
  return kustomize
    .items('components')
    .filter((entry) => typeof entry.value === 'string')
    .filter(
      (entry) =>
        !kustomize.flag('ignoreMissingComponents') || loader.session.reader.isFolder(loader.resolve(String(entry.value), entry.mark())),
    );
}

function plainLabels(kustomize: Settings): Settings {
  const pairs = kustomize.get('commonLabels');
  const templates = kustomize.get('labelIncludeTemplates');
  return new AmendedSettings(kustomize, {
    fields: new Map([
      ['pairs', pairs],
      ['includeTemplates', templates],
      ['includeSelectors', undefined],
      ['fields', undefined],
    ]),
    entries: new Map([['pairs', () => kustomize.entries('commonLabels')]]),
  });
}

/** `kustomize edit add label`: what is there already is refused, unless it is forced. */
function joined(
  before: ReturnType<Settings['entries']>,
  added: ReturnType<Settings['entries']>,
  kustomize: Settings,
  name: string,
  force: string,
): ReturnType<Settings['entries']> {
  if (added.length === 0) return before;
  const there = new Set(before.map(({ key }) => key));
  const again = added.find(({ key }) => there.has(key));
  if (again !== undefined && !kustomize.flag(force)) {
    throw new BuildError(
      `"${again.key}" is in ${name} of the kustomization already, and Argo CD does not build it; say "${force}: true" to replace it`,
      again.at.mark('key'),
    );
  }
  const keys = new Set(added.map(({ key }) => key));
  return [...before.filter(({ key }) => !keys.has(key)), ...added].sort((a, b) => (a.key < b.key ? -1 : 1));
}

const MAY_GET_A_NAMESPACE: OpenChanges = {
  why: 'whether Argo CD gives it the namespace of the destination hangs on the definition of its kind',
  effects: { fields: false, namespace: true, resources: false },
  substitutes: false,
};

/** Puts objects that say no namespace into that of the destination. Gives those of which it is not known whether they have one. */
function* withDefaultNamespace(resources: ResourceMap, destination: Settings): Generator<Resource> {
  const namespace = typeof destination.value === 'string' ? destination.value : '';
  if (namespace === '') return;
  for (const resource of resources.list) {
    if (resource.namespace !== '') continue;
    const has = hasNamespace(resource.apiVersion, resource.kind);
    if (has === true) resource.setNamespace(namespace, destination.mark());
    else if (has === undefined) yield resource;
  }
}

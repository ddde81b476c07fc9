import type { ApplyingObject, BuildNote, BuildRequest, BuildResult, BuiltObject, InputReader, OpenChanges } from '@plumbline/core';
import { AmendedSettings, type Amendments } from '../kustomize/amended-settings.ts';
import { buildKustomization } from '../kustomize/build.ts';
import { type Kustomization, readKustomization } from '../kustomize/kustomization.ts';
import { addEntries } from '../kustomize/labels.ts';
import type { BuildOptions, Loader } from '../kustomize/loader.ts';
import type { Mark } from '../kustomize/mark.ts';
import { BuildError } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resource.ts';
import type { ResourceMap } from '../kustomize/resource-map.ts';
import { Settings } from '../kustomize/settings.ts';
import { goJson } from '../kustomize/through-json.ts';
import { settingsOfApplying } from './applying-settings.ts';
import { generateKustomization } from './generate-kustomization.ts';
import { substitute } from './substitute.ts';
import { postBuildOf } from './variables.ts';

/** Builds what a Flux Kustomization applies, as kustomize-controller does: its own fields are written into the kustomization of the folder, and variables are filled in afterwards. */
export function buildFlux(request: BuildRequest, deployer: ApplyingObject, inputs: InputReader, options: BuildOptions): BuildResult {
  const applying = settingsOfApplying(deployer);
  const spec = applying.get('spec') ?? applying;
  const notes: BuildNote[] = [];
  const open = new Map<Resource, OpenChanges>();
  const order: Resource[] = [];
  const result = buildKustomization(
    request.folder,
    inputs,
    { ...options, isUnrestricted: true },
    {
      kustomization: (loader) => amended(loader, request, spec, inputs),
      finish(resources) {
        const namespace = applying.get('metadata')?.text('namespace') || undefined;
        const postBuild = postBuildOf(spec, namespace, request.lookUp);
        if (postBuild.isActive) {
          for (const resource of resources.list) {
            if (isLeftAlone(resource)) continue;
            const { open: unknown, missing } = substitute(resource.node, postBuild.variables);
            for (const [name, mark] of missing) notes.push(undefinedNote(name, mark, deployer));
            const [first] = [...unknown.keys(), ...missing.keys()];
            if (first !== undefined) open.set(resource, openBecause(first, missing.has(first) ? undefined : postBuild.unseen));
          }
        }
        addMetadata(resources, spec);
        resources.changed();
        order.push(...resources.list);
      },
    },
  );
  if (!('resources' in result)) return result;
  const objects = result.resources.map((built, index): BuiltObject => {
    const resource = order[index];
    const changes = resource === undefined ? undefined : open.get(resource);
    return { object: built.object, locate: built.locate, ...(changes === undefined ? {} : { open: changes }) };
  });
  const { effects, renamed } = result;
  return { objects, inputs: [...result.inputs.keys()], effects, renamed, ...(notes.length === 0 ? {} : { notes }) };
}

const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

function isLeftAlone(resource: Resource): boolean {
  return resource.labels().get(SUBSTITUTE)?.value === 'disabled' || resource.annotations().get(SUBSTITUTE)?.value === 'disabled';
}

function undefinedNote(name: string, mark: Mark, { label }: ApplyingObject): BuildNote {
  return {
    rule: 'flux/substitute-undefined',
    message: `no source of ${label} sets the variable "${name}"`,
    location: { ...mark.range(), file: mark.file },
  };
}

function openBecause(name: string, unseen: string | undefined): OpenChanges {
  return {
    why: unseen ?? `no source sets the variable "${name}"`,
    effects: { fields: false, namespace: false, resources: false },
    substitutes: true,
  };
}

/** The kustomization of the folder, or the one that Flux writes where there is none, with what the object adds. */
function amended(loader: Loader, request: BuildRequest, spec: Settings, inputs: InputReader): Kustomization {
  const isWritten = request.kind === 'kustomization';
  const own = isWritten ? readKustomization(loader, undefined) : generateKustomization(loader, spec, inputs);
  const fields = new Map<string, Settings | undefined>();
  for (const [name, from] of [
    ['namespace', 'targetNamespace'],
    ['namePrefix', 'namePrefix'],
    ['nameSuffix', 'nameSuffix'],
    ['buildMetadata', 'buildMetadata'],
  ] as const) {
    const setting = spec.get(from);
    if (setting !== undefined) fields.set(name, setting);
  }
  // Flux has kustomize note origins where nothing is listed, lest the file count as empty.
  if (isWritten && own.settings.items('resources').length === 0 && !fields.has('buildMetadata')) {
    fields.set('buildMetadata', new Settings(own.settings.place, own.settings.role, ['originAnnotations']));
  }
  const lists: NonNullable<Amendments['lists']> = new Map([
    ['patches', (entries: Settings[]) => [...entries, ...spec.items('patches')]],
    ['patchesStrategicMerge', (entries: Settings[]) => [...entries, ...spec.items('patchesStrategicMerge').map(asText)]],
    ['patchesJson6902', (entries: Settings[]) => [...entries, ...spec.items('patchesJson6902').map(withTextPatch)]],
    ['components', (entries: Settings[]) => [...entries, ...componentsOf(spec, loader)]],
    ['images', (entries: Settings[]) => mergedImages(entries, spec.items('images'))],
  ]);
  return { ...own, settings: new AmendedSettings(own.settings, { fields, lists }) };
}

function componentsOf(spec: Settings, loader: Loader): Settings[] {
  return spec.items('components').filter((entry) => {
    if (typeof entry.value !== 'string') return false;
    if (/^(?:git::|gh:|ssh:\/\/|https?:\/\/|git@|github\.com[:/]|\/)/i.test(entry.value)) {
      throw new BuildError(`the component "${entry.value}" must be a local path relative to the folder`, entry.mark(), 'flux/build-fails');
    }
    return !spec.flag('ignoreMissingComponents') || loader.session.reader.isFolder(loader.resolve(entry.value, entry.mark()));
  });
}

/** An object in place of the text of a patch, as older versions of the API have it. */
function asText(entry: Settings): Settings {
  const { value } = entry;
  return typeof value === 'string' || value === undefined ? entry : new Settings(entry.place, entry.role, `\n${goJson(value)}`, entry.path);
}

function withTextPatch(entry: Settings): Settings {
  const patch = entry.get('patch');
  return patch === undefined ? entry : new AmendedSettings(entry, { fields: new Map([['patch', asText(patch)]]) });
}

/** An image of the same name is changed where it stands; a tag and a digest only go together. */
function mergedImages(own: Settings[], added: readonly Settings[]): Settings[] {
  const merged = [...own];
  for (const image of added) {
    const at = merged.findIndex((entry) => entry.text('name') === image.text('name'));
    const before = merged[at];
    if (before === undefined) {
      merged.push(image);
      continue;
    }
    const fields = new Map<string, Settings | undefined>();
    if (image.text('newName') !== '') fields.set('newName', image.get('newName'));
    if (image.text('newTag') !== '' || image.text('digest') !== '') {
      fields.set('newTag', image.get('newTag'));
      fields.set('digest', image.get('digest'));
    }
    merged[at] = new AmendedSettings(before, { fields });
  }
  return merged;
}

/** Labels and annotations that all objects get right before they are applied. */
function addMetadata(resources: ResourceMap, spec: Settings): void {
  const common = spec.get('commonMetadata');
  for (const name of ['labels', 'annotations'] as const) {
    const entries = common?.entries(name) ?? [];
    if (entries.length > 0) addEntries(resources, entries, [{ group: '', version: '', kind: '', path: `metadata/${name}`, create: true }]);
  }
}

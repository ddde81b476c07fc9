import type { InputReader, SourceFile } from '@plumbline/core';
import { AmendedSettings } from '../kustomize/amended-settings.ts';
import { KUSTOMIZATION_NAMES, type Kustomization } from '../kustomize/kustomization.ts';
import type { Loader } from '../kustomize/loader.ts';
import { Settings } from '../kustomize/settings.ts';

/** The kustomization that Flux writes for a folder without one: every manifest in it and below; a folder that has one is listed itself. */
export function generateKustomization(loader: Loader, spec: Settings, inputs: InputReader): Kustomization {
  const at = spec.get('path') ?? spec;
  const listed = new Set<string>();
  const prefix = loader.root === '' ? '' : `${loader.root}/`;
  for (const path of inputs.filesBelow(loader.root)) {
    const entry = entryFor(path.slice(prefix.length), prefix, inputs);
    if (entry !== undefined && !isLeftOut(path)) listed.add(entry);
  }
  const resources = [...listed].sort().map((entry) => new Settings(at.place, at.role, entry, at.path));
  const own = new Settings(at.place, at.role, { resources: [...listed] }, at.path);
  const file: SourceFile = loader.session.reader.read(at.mark().file) ?? { path: at.mark().file, bytes: new Uint8Array() };
  // Where there is nothing Flux sets a namespace, lest kustomize refuse the file.
  const fields = listed.size > 0 ? new Map() : new Map([['namespace', new Settings(at.place, at.role, '_placeholder', at.path)]]);
  return { file, isComponent: false, settings: new AmendedSettings(own, { fields, lists: new Map([['resources', () => resources]]) }) };
}

/** What source-controller leaves out of every artifact. */
function isLeftOut(path: string): boolean {
  return /(?:^|\/)(?:\.git|\.github|\.circleci)\/|^(?:\.travis\.yml|\.gitlab-ci\.yml|appveyor\.yml|\.drone\.yml|cloudbuild\.yaml|codeship-(?:services|steps)\.yml)$|(?:^|\/)\.(?:goreleaser\.yml|sops\.yaml|flux\.yaml)$/.test(
    path,
  );
}

/** What is listed for a file below the folder: the highest folder on the way to it that has a kustomization, else the file if it is YAML. */
function entryFor(path: string, prefix: string, inputs: InputReader): string | undefined {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const folder = path.slice(0, slash);
    if (KUSTOMIZATION_NAMES.some((name) => inputs.read(`${prefix}${folder}/${name}`) !== undefined)) return `./${folder}`;
  }
  return /\.ya?ml$/.test(path) ? `./${path}` : undefined;
}

import type { SourceFile } from '@plumbline/core';
import { type Entry, isInline, misplacedComponent, missingComponent, missingResource, noComponent } from './entry.ts';
import { flawsOfFile, readKustomization, settingsOf } from './kustomization.ts';
import { type BuildOptions, type FileReader, isRemote, Loader, Session } from './loader.ts';
import type { Role } from './mark.ts';
import { BuildError, NotBuiltError } from './problem.ts';
import type { Settings } from './settings.ts';

/**
 * What is wrong with a kustomization file by itself, whether or not anything builds it, and all of it where a build stops at the first:
 * fields that are none, values of the wrong type, paths that lead nowhere or where Kustomize does not read.
 */
export function examine(file: SourceFile, reader: FileReader, options: BuildOptions): readonly BuildError[] {
  const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
  const found: BuildError[] = [];
  const note = (error: unknown): void => {
    if (error instanceof NotBuiltError) return;
    if (!(error instanceof BuildError)) throw error;
    if (error.rule === 'kust/build-fails' || error.at?.file !== file.path) return;
    // Who reads one file from elsewhere does so with the restriction switched off: once is enough to say it.
    if (error.rule === 'kust/load-restriction' && found.some(({ rule }) => rule === error.rule)) return;
    found.push(error);
  };
  let settings: Settings;
  try {
    settings = settingsOf(file);
  } catch (error) {
    note(error);
    return found;
  }
  for (const flaw of flawsOfFile(settings)) note(flaw);
  const loader = new Loader(new Session(reader, options), folder);
  for (const check of checksOf(settings, loader)) {
    try {
      check();
    } catch (error) {
      note(error);
    }
  }
  return found;
}

type Check = () => void;

function* checksOf(settings: Settings, loader: Loader): Generator<Check> {
  for (const entry of [...settings.texts('resources'), ...settings.texts('bases')]) yield () => checkResource(entry, loader);
  for (const entry of settings.texts('components')) yield () => checkComponent(entry, loader);
  for (const field of ['generators', 'transformers', 'validators'])
    for (const entry of settings.texts(field)) if (!isInline(entry)) yield () => checkResource(entry, loader);
  for (const field of ['configurations', 'crds'])
    for (const { text, at } of settings.texts(field)) yield () => load(text, at, loader, 'overlay');
  for (const entry of settings.texts('patchesStrategicMerge'))
    if (!isInline(entry)) yield () => load(entry.text, entry.at, loader, 'patch');
  for (const field of ['patches', 'patchesJson6902', 'replacements'])
    for (const entry of settings.items(field)) yield () => loadAt(entry, 'path', loader, 'patch');
  const openapi = settings.get('openapi');
  if (openapi !== undefined) yield () => loadAt(openapi, 'path', loader, 'overlay');
  for (const field of ['configMapGenerator', 'secretGenerator'])
    for (const generator of settings.items(field)) {
      for (const { text, at } of generator.texts('files')) yield () => load(text.slice(text.indexOf('=') + 1), at, loader, 'generator');
      for (const { text, at } of generator.texts('envs')) yield () => load(text, at, loader, 'generator');
      yield () => loadAt(generator, 'env', loader, 'generator');
    }
}

function load(path: string, at: Settings, loader: Loader, role: Role): void {
  if (path !== '') loader.load(path, at.mark(), role);
}

function loadAt(settings: Settings, field: string, loader: Loader, role: Role): void {
  const at = settings.get(field);
  if (at !== undefined) load(settings.text(field), at, loader, role);
}

function checkResource(entry: Entry, loader: Loader): void {
  const mark = entry.at.mark();
  if (!isRemote(entry.text) && loader.find(entry.text, mark, 'base') !== undefined) return;
  const below = loader.enter(entry.text, mark);
  if (below === undefined) throw missingResource(entry);
  if (readKustomization(below, mark).isComponent) throw misplacedComponent(entry);
}

function checkComponent(entry: Entry, loader: Loader): void {
  const below = loader.enter(entry.text, entry.at.mark());
  if (below === undefined) throw missingComponent(entry);
  if (!readKustomization(below, entry.at.mark()).isComponent) throw noComponent(entry);
}

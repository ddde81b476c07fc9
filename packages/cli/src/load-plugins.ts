import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, type Pack } from '@plumbline/core';

// Given by the loader that scripts/build.mjs writes, where the command runs from a code cache.
declare const plumblineImport: ((url: string) => Promise<unknown>) | undefined;

/** Loads the packs that the configuration names under `plugins`. It runs their code, so somebody must have asked for it. */
export async function loadPlugins(names: readonly string[], root: string, isAllowed: boolean): Promise<readonly Pack[]> {
  if (names.length === 0) return [];
  if (!isAllowed)
    throw new ConfigError('usage', `the configuration names plugins (${names.join(', ')}), which are code; --allow-plugins loads them`);
  const packs: Pack[] = [];
  for (const name of names) packs.push(await loadPlugin(name, root));
  return packs;
}

async function loadPlugin(name: string, root: string): Promise<Pack> {
  let loaded: { readonly pack?: Pack; readonly default?: Pack };
  try {
    const url = name.startsWith('.') || name.endsWith('.mjs') ? pathToFileURL(resolve(root, name)).href : packageUrl(name, root);
    // Whatever a module exports has this shape: both members may be missing.
    loaded = (await (typeof plumblineImport === 'undefined' ? import(url) : plumblineImport(url))) as typeof loaded;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ConfigError('config-invalid', `plugin "${name}" cannot be loaded: ${reason}`, { cause: error });
  }
  const pack = loaded.pack ?? loaded.default;
  if (pack === undefined || typeof pack.name !== 'string' || !Array.isArray(pack.rules))
    throw new ConfigError('config-invalid', `plugin "${name}" exports no pack: export const pack = { name, rules }`);
  return pack;
}

/** The entry of a package that the repository has installed. */
function packageUrl(name: string, root: string): string {
  const { createRequire } = process.getBuiltinModule('node:module');
  return pathToFileURL(createRequire(resolve(root, 'package.json')).resolve(name)).href;
}

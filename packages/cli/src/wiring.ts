import { createCelRules } from '@plumbline/admission';
import { type Config, createEngine, type Engine, type Expander, type JsonObject, type Pack } from '@plumbline/core';
import { pack as api } from '@plumbline/policy-api';
import { pack as argo } from '@plumbline/policy-argo';
import { pack as env } from '@plumbline/policy-env';
import { pack as flux } from '@plumbline/policy-flux';
import { pack as helm } from '@plumbline/policy-helm';
import { pack as kust } from '@plumbline/policy-kust';
import { pack as meta } from '@plumbline/policy-meta';
import { pack as ref } from '@plumbline/policy-ref';
import { pack as yaml } from '@plumbline/policy-yaml';
import { createSchemaPort, type MoreSchemas, type SchemaSource, useSchemaLibrary } from '@plumbline/schema';
import { openData } from '@plumbline/schemas-kubernetes';
import { kustomizeExpander, localRemotes } from '@plumbline/sources';
import { admissionRule } from './admission.ts';
import { checkPack } from './check-pack.ts';
import { dataDirectory } from './data-directory.ts';
import { loadAjv } from './load-ajv.ts';
import { compilePattern, loadCelPatterns, loadPatterns } from './load-patterns.ts';
import { withBundled } from './schemas/with-bundled.ts';
import { updateRule } from './update-rule.ts';
import { VERSION } from './version.ts';

/** The packs that the command has. */
export const PACKS: readonly Pack[] = [yaml, api, meta, ref, env, flux, argo, kust, helm];

/** The Kubernetes schemas, and for other kinds `more` and what comes with the command; `dataDir` defaults to the data that come with the packages. */
export function openSchemas(dataDir: string = dataDirectory(), more?: () => MoreSchemas | undefined): SchemaSource {
  useSchemaLibrary(loadAjv);
  return createSchemaPort(openData(dataDir), loadPatterns, withBundled(more));
}

/** The engine with every rule that there is, and `charts` to render charts with; throws a ConfigError where a pack from outside or the configuration is wrong. */
export function wire(
  schemas: SchemaSource,
  config: Config | undefined,
  packs: readonly Pack[] = [],
  policies: readonly JsonObject[] = [],
  remembering: (expander: Expander) => Expander = (expander) => expander,
  charts?: (remembering: (expander: Expander) => Expander) => Expander,
): Engine {
  const admission: Pack = { name: 'admission', rules: [admissionRule(schemas, policies)] };
  const updates: Pack = { name: 'updates', rules: [updateRule(schemas)] };
  const celRules = config?.celRules ?? [];
  const cel: Pack = { name: 'cel', rules: celRules.length === 0 ? [] : createCelRules(celRules, loadCelPatterns) };
  if (packs.length > 0) {
    const taken = new Set(createEngine({ schemas, packs: [...PACKS, admission, updates, cel] }).rules.keys());
    for (const pack of packs) checkPack(pack, taken);
  }
  return createEngine({
    schemas,
    packs: [...PACKS, admission, updates, cel, ...packs],
    toolVersion: VERSION,
    expander: withCharts(remembering(kustomizeExpander({ ...kustomizeOptions(config), isUnrestricted: true })), charts?.(remembering)),
    ...(config === undefined ? {} : { config }),
  });
}

/** How Kustomize builds, as the configuration says. */
export function kustomizeOptions(config: Config | undefined): Parameters<typeof kustomizeExpander>[0] {
  const remotes = config?.kustomize?.remotes;
  return { compile: compilePattern, ...(remotes === undefined ? {} : { remote: localRemotes(remotes) }) };
}

function withCharts(expander: Expander, charts: Expander | undefined): Expander {
  if (charts === undefined) return expander;
  return { ...expander, build: (request, inputs) => (request.kind === 'chart' ? charts : expander).build(request, inputs) };
}

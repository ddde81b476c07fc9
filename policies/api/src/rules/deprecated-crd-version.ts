import { apiVersionOf, type ResourceRule } from '@plumbline/core';
import { DEPRECATED_CRD_VERSIONS } from '../deprecated-crd-versions.ts';

export const rule: ResourceRule = {
  id: 'api/deprecated-crd-version',
  // Flux's versions are in its table too.
  aliases: ['flux/deprecated-api'],
  title: 'Custom resources use a version that their project still supports',
  why: 'A project drops a deprecated version with an upgrade of its operator; from then on the cluster refuses the manifest, and what Git holds cannot be applied.',
  remedy: 'Move to the version in the message. Read the release notes of the project: fields may have other names there.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: shop\nspec:\n  secretName: shop-tls\n',
    fail: 'apiVersion: cert-manager.io/v1alpha2\nkind: Certificate\nmetadata:\n  name: shop\nspec:\n  secretName: shop-tls\n',
  },
  kinds: [...new Set(DEPRECATED_CRD_VERSIONS.map(({ group }) => `${group}/*`))],
  *check({ gvk }) {
    const entry = DEPRECATED_CRD_VERSIONS.find(
      ({ group, versions, kinds }) => group === gvk.group && versions.includes(gvk.version) && (kinds?.includes(gvk.kind) ?? true),
    );
    if (entry === undefined) return;
    const since = /\d/.test(entry.by) ? 'since ' : 'by ';
    yield { path: ['apiVersion'], message: `"${apiVersionOf(gvk)}" ${gvk.kind} is ${entry.state} (${since}${entry.by}): use ${entry.use}` };
  },
};

import { ConfigError, type GroupVersionKind } from '@plumbline/core';

// kubeconform's schema locations (pkg/registry): a template of a path or of a URL.

const FIELD = /\{\{-?\s*\.(\w+)\s*-?\}\}/g;
/** What a location without a file name stands for. */
const LAYOUT = '{{ .NormalizedKubernetesVersion }}-standalone{{ .StrictSuffix }}/{{ .ResourceKind }}{{ .KindSuffix }}.json';

type Fields = Readonly<Record<string, string>>;

/** The template that a location stands for: itself, or kubeconform's layout below it. Throws a ConfigError where it names a field that there is none of. */
export function templateOf(location: string): string {
  const template = location.endsWith('json') ? location : `${location.replace(/\/+$/, '')}/${LAYOUT}`;
  const known = Object.keys(fieldsOf({ group: '', version: '', kind: '' }, '1.0', true));
  for (const [, name = ''] of template.matchAll(FIELD))
    if (!known.includes(name))
      throw new ConfigError(
        'usage',
        `schema location "${location}": no field ".${name}", only ${known.map((one) => `.${one}`).join(', ')}`,
      );
  if (/\{\{|\}\}/.test(template.replace(FIELD, '')))
    throw new ConfigError('usage', `schema location "${location}": only fields may stand in {{ }}, as {{ .ResourceKind }}`);
  return template;
}

/** The places where the schema of a kind may be: the strict form before the other. `version` is a minor (`1.34`). */
export function placesOf(template: string, gvk: GroupVersionKind, version: string): readonly string[] {
  return [...new Set([true, false].map((isStrict) => fill(template, fieldsOf(gvk, version, isStrict))))];
}

function fill(template: string, fields: Fields): string {
  return template.replace(FIELD, (_all, name: string) => fields[name] ?? '');
}

function fieldsOf({ group, version, kind }: GroupVersionKind, minor: string, isStrict: boolean): Fields {
  const first = (group === '' ? version : group).split('.')[0] ?? '';
  return {
    NormalizedKubernetesVersion: `v${minor}.0`,
    StrictSuffix: isStrict ? '-strict' : '',
    ResourceKind: kind.toLowerCase(),
    ResourceAPIVersion: version,
    // As kubeconform has it: what stands before the slash, which is the version of the core group.
    Group: group === '' ? version : group,
    KindSuffix: `-${first.toLowerCase()}${group === '' ? '' : `-${version.toLowerCase()}`}`,
  };
}

import {
  closest,
  type Document,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type Problem,
  type ResourceRule,
} from '@plumbline/core';

/** What Helm 3 and 4 read of a Chart.yaml. */
const FIELDS = [
  'apiVersion',
  'name',
  'version',
  'kubeVersion',
  'description',
  'type',
  'keywords',
  'home',
  'sources',
  'dependencies',
  'maintainers',
  'icon',
  'appVersion',
  'deprecated',
  'annotations',
  'condition',
  'tags',
];
// As github.com/Masterminds/semver reads it, then as SemVer 2 wants it.
const LENIENT = /^v?\d+(?:\.\d+)?(?:\.\d+)?(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const STRICT =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

export const rule: ResourceRule = {
  id: 'helm/chart-yaml',
  title: 'Chart.yaml says what Helm needs to know',
  why: 'Helm does not load a chart without a name or with a version that it cannot read, and passes over fields that it does not know, so that a slip has no effect.',
  remedy: 'Correct the field; https://helm.sh/docs/topics/charts lists them all.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://helm.sh/docs/topics/charts',
  examples: {
    path: 'charts/web/Chart.yaml',
    pass: 'apiVersion: v2\nname: web\nversion: 1.4.0\nappVersion: "2.10"\n',
    fail: 'apiVersion: v2\nname: web\nversion: 1.4.0\nappVersion: 2.10\n',
  },
  kinds: ['helm/Chart'],
  *check({ object, document }) {
    yield* apiVersionProblems(object);
    yield* nameProblems(object);
    yield* versionProblems(object, document);
    const type = member(object, 'type');
    if (type !== undefined && type !== null && type !== '' && type !== 'application' && type !== 'library')
      yield { path: ['type'], message: `the type ${quoted(type)} is neither "application" nor "library"`, severity: 'error' };
    yield* maintainerProblems(object);
    yield* dependencyProblems(object);
    for (const key of Object.keys(object)) {
      if (FIELDS.includes(key)) continue;
      const near = closest(key, FIELDS);
      if (near === undefined || member(object, near) !== undefined) continue;
      yield { path: [key], part: 'key', message: `Helm knows no field "${key}", did you mean "${near}"?` };
    }
  },
};

function* apiVersionProblems(object: JsonObject): Iterable<Problem> {
  const apiVersion = member(object, 'apiVersion');
  if (isBlank(apiVersion)) yield { path: ['apiVersion'], part: 'key', message: '"apiVersion" is missing', severity: 'error' };
  // v3 is what Helm 4 makes ready.
  else if (!['v1', 'v2', 'v3'].includes(String(apiVersion)))
    yield { path: ['apiVersion'], message: `the apiVersion ${quoted(apiVersion)} is none of Helm's: v1, v2` };
  else if (apiVersion === 'v1')
    yield {
      path: ['apiVersion'],
      message: 'the apiVersion "v1" is that of Helm 2: in "v2" dependencies stand in Chart.yaml',
      severity: 'info',
    };
}

function* nameProblems(object: JsonObject): Iterable<Problem> {
  const name = member(object, 'name');
  if (isBlank(name)) yield { path: ['name'], part: 'key', message: '"name" is missing', severity: 'error' };
  else if (typeof name === 'string' && name.includes('/'))
    yield { path: ['name'], message: `the name ${quoted(name)} has a "/" in it`, severity: 'error' };
}

function* versionProblems(object: JsonObject, document: Document): Iterable<Problem> {
  const version = member(object, 'version');
  if (isBlank(version)) {
    yield { path: ['version'], part: 'key', message: '"version" is missing', severity: 'error' };
  } else if (typeof version === 'string') {
    if (!LENIENT.test(version))
      yield { path: ['version'], message: `the version ${quoted(version)} is no SemVer version`, severity: 'error' };
    else if (!STRICT.test(version))
      yield {
        path: ['version'],
        message: `the version ${quoted(version)} is not written as SemVer: three numbers, without "v" and leading zeros`,
      };
  }
  for (const key of ['version', 'appVersion']) {
    const value = member(object, key);
    if (typeof value !== 'number' && typeof value !== 'bigint') continue;
    const written = textAt(document, key);
    const message = `the ${key} ${written} is read as the number ${value}: write "${written}" in quotes`;
    // A whole number reads the same.
    if (written !== String(value)) yield { path: [key], message };
    else if (key === 'version')
      yield { path: [key], message: `the version ${written} is not written as SemVer: three numbers, without "v" and leading zeros` };
  }
}

function* maintainerProblems(object: JsonObject): Iterable<Problem> {
  const maintainers = member(object, 'maintainers');
  if (!isArray(maintainers)) return;
  for (const [index, maintainer] of maintainers.entries())
    if (isObject(maintainer) && isBlank(member(maintainer, 'name')))
      yield { path: ['maintainers', index], part: 'key', message: 'a maintainer has no name' };
}

function* dependencyProblems(object: JsonObject): Iterable<Problem> {
  const dependencies = member(object, 'dependencies');
  if (!isArray(dependencies)) return;
  const taken = new Set<string>();
  for (const [index, dependency] of dependencies.entries()) {
    const alias = member(dependency, 'alias');
    const name = member(dependency, 'name');
    if (typeof alias === 'string' && !/^[a-zA-Z0-9_-]*$/.test(alias))
      yield {
        path: ['dependencies', index, 'alias'],
        message: `the alias ${quoted(alias)} has other characters than letters, digits, "_" and "-"`,
        severity: 'error',
      };
    const key = typeof alias === 'string' && alias !== '' ? alias : name;
    if (typeof key !== 'string') continue;
    if (taken.has(key))
      yield {
        path: ['dependencies', index, key === alias ? 'alias' : 'name'],
        message: `a dependency before it is called ${quoted(key)} too: give it an alias`,
        severity: 'error',
      };
    taken.add(key);
  }
}

function textAt(document: Document, key: string): string {
  const { line, column, endLine, endColumn } = document.rangeOf([key]);
  const { line: first } = document.range;
  const text = document.text.split('\n')[line - first] ?? '';
  return line === endLine ? text.slice(column - 1, endColumn - 1) : '';
}

function isBlank(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

function quoted(value: JsonValue | undefined): string {
  return typeof value === 'string' ? JSON.stringify(value) : isObject(value) || isArray(value) ? 'written' : `"${value}"`;
}

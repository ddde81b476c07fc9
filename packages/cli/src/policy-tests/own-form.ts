import type { UserInfo } from '@plumbline/admission';
import { ConfigError, closest, isArray, isObject, type JsonObject, type JsonValue, member, type SourceFile } from '@plumbline/core';
import { type FileObject, objectsOf, type TestFiles } from './files.ts';
import { objectName, type PolicyCase, type PolicyTest, type Verdict } from './policy-test.ts';

const ADMISSION = /^(?:Validating|Mutating)AdmissionPolicy(?:Binding)?$/;
const KEYS = ['policies', 'objects', 'user', 'kubernetesVersion', 'results'];
const RESULT_KEYS = ['resource', 'kind', 'name', 'namespace', 'policy', 'result', 'message', 'mutated'];
const VERDICTS: readonly Verdict[] = ['admit', 'deny', 'warn', 'audit', 'skip'];
const PASS: readonly Verdict[] = ['admit'];
const FAIL: readonly Verdict[] = ['deny', 'warn', 'audit'];

/**
 * Reads a `plumbline-test.yaml` and the folders `pass` and `fail` beside it; `beside`: the files of the test's folder and below. Throws a
 * ConfigError where it is wrong or a file that it names cannot be read.
 */
export async function readOwnTest(file: SourceFile, beside: readonly SourceFile[], files: TestFiles): Promise<PolicyTest> {
  const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
  const [written] = objectsOf(file);
  const object = written?.object ?? {};
  const fail = (path: readonly (string | number)[], message: string): never => {
    const range = written?.document.rangeOf(path, 'key');
    throw new ConfigError('config-invalid', `${file.path}:${range?.line ?? 1}:${range?.column ?? 1}: ${message}`);
  };
  for (const key of Object.keys(object)) if (!KEYS.includes(key)) fail([key], unknownKey(key, KEYS));
  const named = async (key: string): Promise<readonly JsonObject[]> => {
    const lists = await Promise.all(textsIn(object, key).map((path) => files.objects(folder, path)));
    return lists.flat().map((one) => one.object);
  };
  const base = folder === '' ? '' : `${folder}/`;
  const own = beside.filter(({ path }) => path !== file.path && path.startsWith(base) && !path.slice(base.length).includes('/'));
  const looked = resourcesNamed(object);
  const around = [
    ...own.filter(({ path }) => !looked.includes(path.slice(base.length))).flatMap((one) => objectsOf(one).map((each) => each.object)),
    ...(await named('policies')),
    ...(await named('objects')),
  ];
  const policies = around.filter(({ kind }) => typeof kind === 'string' && ADMISSION.test(kind));
  if (!policies.some(({ kind }) => !String(kind).endsWith('Binding')))
    fail([], 'there is no admission policy: put one beside this file, or name it under policies');
  const cases: PolicyCase[] = [];
  for (const [name, expected] of [
    ['pass', PASS],
    ['fail', FAIL],
  ] as const)
    for (const each of beside.filter(({ path }) => path.startsWith(`${base}${name}/`)).flatMap(objectsOf))
      cases.push(folderCase(each, name, expected));
  for (const [index, result] of listIn(object, 'results').entries()) {
    const path = ['results', index];
    if (!isObject(result)) fail(path, 'a result is a mapping');
    else {
      for (const key of Object.keys(result)) if (!RESULT_KEYS.includes(key)) fail([...path, key], unknownKey(key, RESULT_KEYS));
      const range = written?.document.rangeOf(path);
      const verdict = VERDICTS.find((one) => one === result.result);
      if (verdict === undefined) fail([...path, 'result'], `result must be one of ${VERDICTS.join(', ')}`);
      else
        cases.push(
          ...(await resultCases(result, verdict, { file: file.path, line: range?.line ?? 1, column: range?.column ?? 1 }, folder, files)),
        );
    }
  }
  if (cases.length === 0) fail([], 'there is no case: write results, or put manifests into the folders pass and fail');
  const version = member(object, 'kubernetesVersion');
  return {
    file: file.path,
    dialect: 'server',
    policies,
    objects: around.filter(({ kind }) => typeof kind !== 'string' || !ADMISSION.test(kind)),
    userInfo: userOf(member(object, 'user')),
    kubernetesVersion: typeof version === 'string' ? version : undefined,
    cases,
  };
}

function folderCase({ object, document, path }: FileObject, name: 'pass' | 'fail', expected: readonly Verdict[]): PolicyCase {
  const { line, column } = document.range;
  return {
    name: `${shown(object)} (${name})`,
    file: path,
    line,
    column,
    subject: { object },
    policy: undefined,
    expected,
    message: undefined,
    mutated: undefined,
  };
}

async function resultCases(
  result: JsonObject,
  verdict: Verdict,
  place: Pick<PolicyCase, 'file' | 'line' | 'column'>,
  folder: string,
  files: TestFiles,
): Promise<readonly PolicyCase[]> {
  const path = textIn(result, 'resource');
  const message = textIn(result, 'message');
  const mutatedPath = textIn(result, 'mutated');
  const policy = textIn(result, 'policy');
  const mutated = mutatedPath === undefined ? undefined : (await files.objects(folder, mutatedPath))[0]?.object;
  const common = { ...place, policy, expected: [verdict], message, mutated };
  if (path === undefined) return [{ ...common, name: 'a result', subject: { missing: 'it names no resource' } }];
  const isMeant = (object: JsonObject): boolean =>
    [
      [textIn(result, 'kind'), object.kind],
      [textIn(result, 'name'), member(object.metadata, 'name')],
      [textIn(result, 'namespace'), member(object.metadata, 'namespace')],
    ].every(([wanted, is]) => wanted === undefined || wanted === is);
  const objects = (await files.objects(folder, path)).map((one) => one.object).filter(isMeant);
  if (objects.length === 0) return [{ ...common, name: `${path} (${verdict})`, subject: { missing: `${path} has no such object` } }];
  return objects.map((object) => ({
    ...common,
    name: `${policy === undefined ? '' : `${policy}: `}${shown(object)} (${verdict})`,
    subject: { object },
  }));
}

/** Files that results name are judged, and no objects to look up. */
function resourcesNamed(object: JsonObject): readonly string[] {
  return listIn(object, 'results').flatMap((result) =>
    [textIn(result, 'resource'), textIn(result, 'mutated')].filter((path) => path !== undefined),
  );
}

function userOf(value: JsonValue | undefined): UserInfo | undefined {
  if (!isObject(value)) return undefined;
  const username = textIn(value, 'username');
  return { ...(username === undefined ? {} : { username }), groups: textsIn(value, 'groups') };
}

function shown(object: JsonObject): string {
  return objectName(textIn(object, 'kind') ?? 'object', textIn(object.metadata, 'namespace') ?? '', textIn(object.metadata, 'name') ?? '');
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = closest(key, known);
  return `unknown key "${key}"${near === undefined ? `; known are ${known.join(', ')}` : `, did you mean "${near}"?`}`;
}

function textIn(value: JsonValue | undefined, key: string): string | undefined {
  const text = member(value, key);
  return typeof text === 'string' ? text : undefined;
}

function listIn(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = member(value, key);
  return isArray(list) ? list : [];
}

function textsIn(value: JsonValue | undefined, key: string): readonly string[] {
  return listIn(value, key).filter((one) => typeof one === 'string');
}

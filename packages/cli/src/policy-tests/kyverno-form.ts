import type { UserInfo } from '@plumbline/admission';
import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import type { FileObject, TestFiles } from './files.ts';
import { objectName, type PolicyCase, type PolicyTest, type Verdict } from './policy-test.ts';

const ADMISSION = /^(?:Validating|Mutating)AdmissionPolicy(?:Binding)?$/;
const VERDICTS: Readonly<Record<string, Verdict | undefined>> = { pass: 'admit', fail: 'deny', skip: 'skip', warn: 'warn', error: 'error' };

/** Whether an object is a test of the Kyverno command. */
export function isKyvernoTest({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'Test' && (apiVersion === undefined || /^(?:cli\.)?kyverno\.io\//.test(String(apiVersion)));
}

/** Reads a `kyverno-test.yaml`. Throws a ConfigError where a file that it names cannot be read. */
export async function readKyvernoTest({ object, document, path }: FileObject, files: TestFiles): Promise<PolicyTest> {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const near = async (key: string): Promise<readonly FileObject[]> => {
    const lists = await Promise.all(textsIn(object, key).map((each) => (isRemote(each) ? [] : files.objects(folder, each))));
    return lists.flat();
  };
  const policies = (await near('policies')).map((one) => one.object);
  const resources = (await near('resources')).map((one) => one.object);
  const values = await near('variables');
  const users = await near('userinfo');
  const params = [...(await near('paramResources')), ...(await near('targetResources'))].map((one) => one.object);
  const namespaces = namespacesOf(
    [...values.map((one) => one.object), ...(isObject(object.values) ? [object.values] : [])],
    [...resources, ...params],
  );
  const cases: PolicyCase[] = [];
  for (const [index, result] of listIn(object, 'results').entries()) {
    if (!isObject(result)) continue;
    const { line, column } = document.rangeOf(['results', index]);
    const patched = await patchedObjects(result, folder, files);
    for (const subject of subjectsOf(result, resources)) {
      const kind = textIn(subject.object ?? {}, 'kind') || textIn(result, 'kind') || 'resource';
      const shown = objectName(kind, namespaceOf(subject.object), subject.name);
      const policy = textIn(result, 'policy').replace(/^.*\//, '');
      cases.push({
        name: `${policy}: ${shown} (${textIn(result, 'result') || textIn(result, 'status')})`,
        file: path,
        line,
        column,
        policy,
        ...expectationOf(result),
        mutated: subject.object && patched.find((one) => isSame(one, subject.object)),
        subject: judgedSubject(result, policy, policies, subject, object),
      });
    }
  }
  return {
    file: path,
    dialect: 'kyverno',
    policies: policies.filter(({ kind }) => typeof kind === 'string' && ADMISSION.test(kind)),
    objects: [...namespaces, ...params, ...resources],
    userInfo: userOf(users[0]?.object),
    kubernetesVersion: undefined,
    cases,
  };
}

interface Named {
  readonly name: string;
  readonly object: JsonObject | undefined;
}

function expectationOf(result: JsonObject): Pick<PolicyCase, 'expected' | 'message'> {
  const word = textIn(result, 'result') || textIn(result, 'status');
  const verdict = Object.hasOwn(VERDICTS, word) ? VERDICTS[word] : undefined;
  return { expected: verdict === undefined ? [] : [verdict], message: undefined };
}

function judgedSubject(
  result: JsonObject,
  policy: string,
  policies: readonly JsonObject[],
  { object, name }: Named,
  test: JsonObject,
): PolicyCase['subject'] {
  const own = policies.find((one) => member(one.metadata, 'name') === policy);
  const remote = [...textsIn(test, 'policies'), ...textsIn(test, 'resources')].find(isRemote);
  if (own === undefined && remote !== undefined) return { notEvaluated: `${remote} is on the network` };
  if (own === undefined) return { missing: `the policies of the test have none of the name ${JSON.stringify(policy)}` };
  if (!ADMISSION.test(textIn(own, 'kind'))) return { notEvaluated: 'Kyverno policies are not evaluated yet' };
  if (object === undefined) return { missing: `the resources of the test have none of the name ${JSON.stringify(name)}` };
  const word = textIn(result, 'result') || textIn(result, 'status');
  return Object.hasOwn(VERDICTS, word)
    ? { object }
    : { missing: `the result ${JSON.stringify(word)} is none of pass, fail, skip, warn, error` };
}

/** The resources that a result is about: by name, `namespace/name` or `kind/namespace/name`; all of the kind where it names none. */
function subjectsOf(result: JsonObject, resources: readonly JsonObject[]): readonly Named[] {
  const kind = textIn(result, 'kind');
  const namespace = textIn(result, 'namespace');
  const ofKind = resources.filter((one) => kind === '' || one.kind === kind);
  const single = textIn(result, 'resource');
  const names = [...(single === '' ? [] : [single]), ...textsIn(result, 'resources')];
  const specs = listIn(result, 'resourceSpecs').filter(isObject);
  const bySpec = specs.flatMap((spec): readonly Named[] => {
    const found = resources.filter((one) => fits(one, spec));
    return found.length > 0
      ? found.map((object) => ({ name: nameOf(object), object }))
      : [{ name: textIn(spec, 'name'), object: undefined }];
  });
  if (names.length === 0 && specs.length === 0) return ofKind.map((object) => ({ name: nameOf(object), object }));
  return [
    ...names.flatMap((text): readonly Named[] => {
      const [name = '', within] = text.split('/').reverse();
      const where = within ?? namespace;
      const found = ofKind.filter((one) => nameOf(one) === name && (where === '' || (namespaceOf(one) || 'default') === where));
      return found.length > 0 ? found.map((object) => ({ name, object })) : [{ name: text, object: undefined }];
    }),
    ...bySpec,
  ];
}

function fits(one: JsonObject, spec: JsonObject): boolean {
  const [version = '', group = ''] = textIn(one, 'apiVersion').split('/').reverse();
  const isWanted = (key: string, value: string): boolean => textIn(spec, key) === '' || textIn(spec, key) === value;
  return (
    isWanted('group', group) &&
    isWanted('version', version) &&
    isWanted('kind', textIn(one, 'kind')) &&
    isWanted('namespace', namespaceOf(one) || 'default') &&
    isWanted('name', nameOf(one))
  );
}

async function patchedObjects(result: JsonObject, folder: string, files: TestFiles): Promise<readonly JsonObject[]> {
  const path = textIn(result, 'patchedResources') || textIn(result, 'patchedResource');
  return path === '' ? [] : (await files.objects(folder, path)).map((one) => one.object);
}

function isSame(one: JsonObject, other: JsonObject | undefined): boolean {
  if (other === undefined) return false;
  return one.kind === other.kind && nameOf(one) === nameOf(other) && (namespaceOf(one) || 'default') === (namespaceOf(other) || 'default');
}

/** Every namespace that something stands in, with the labels that values give it. */
function namespacesOf(values: readonly JsonObject[], objects: readonly JsonObject[]): readonly JsonObject[] {
  const given = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1').map(nameOf);
  const labels = new Map<string, JsonValue>([...objects.map(namespaceOf), 'default'].filter(Boolean).map((name) => [name, {}]));
  for (const value of values)
    for (const selector of [...listIn(value, 'namespaceSelector'), ...listIn(value, 'namespaces')])
      labels.set(textIn(selector, 'name'), member(selector, 'labels') ?? {});
  return [...labels]
    .filter(([name]) => !given.includes(name) || values.length > 0)
    .map(([name, own]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: own } }));
}

function userOf(object: JsonObject | undefined): UserInfo | undefined {
  const user = valueAt(object, ['userInfo']);
  if (!isObject(user)) return undefined;
  return { username: textIn(user, 'username'), groups: textsIn(user, 'groups') };
}

function isRemote(path: string): boolean {
  return /^(?:https?|oci|git):/.test(path) || /^git@/.test(path);
}

function nameOf(object: JsonObject): string {
  return textIn(object.metadata, 'name');
}

function namespaceOf(object: JsonObject | undefined): string {
  return textIn(object?.metadata, 'namespace');
}

function textIn(value: JsonValue | undefined, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}

function listIn(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = member(value, key);
  return isArray(list) ? list : [];
}

function textsIn(value: JsonValue | undefined, key: string): readonly string[] {
  const list = member(value, key);
  return typeof list === 'string' ? [list] : listIn(value, key).filter((one) => typeof one === 'string');
}

import { expect, test } from 'vitest';
import type { ResourceRule } from '../check/rule.ts';
import { createEngine } from '../engine.ts';

const rule: ResourceRule = {
  id: 'test/all',
  title: 't',
  why: 'w',
  remedy: 'r',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  kinds: ['Secret'],
  *check() {
    yield { path: ['data', 'password'], message: 'the password is no base64' };
    yield { path: ['metadata', 'name'], message: 'the name is odd' };
  },
};

test('what a rule says of an encrypted value is not evaluated, the rest of the object is judged', async () => {
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'test', rules: [rule] }],
  });
  const text = `apiVersion: v1
kind: Secret
metadata:
  name: db
data:
  password: ENC[AES256_GCM,data:Tr7o=,iv:1vI=,tag:eMgp=,type:str]
sops:
  mac: ENC[AES256_GCM,data:x]
  lastmodified: "2024-01-01T00:00:00Z"
`;
  const { findings, notEvaluated } = await engine.check([{ path: 'x.yaml', bytes: new TextEncoder().encode(text) }]);
  expect(findings.map((finding) => finding.message)).toEqual(['the name is odd']);
  expect(notEvaluated.map(({ rule, reason, count }) => [rule, reason, count])).toEqual([['test/all', 'the value is encrypted', 1]]);
});

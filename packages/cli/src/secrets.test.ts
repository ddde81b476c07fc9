import { FORMAT_NAMES, render } from '@plumbline/reporters';
import { expect, test } from 'vitest';
import { createPlumbline } from './index.ts';

// Secrets that something is wrong with: whatever is said of them, their values are not.

const HEAD = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: n}\n';
const CASES: Readonly<Record<string, string>> = {
  'a key twice': `${HEAD}stringData:\n  a: HIDDEN1\n  a: HIDDEN2\n`,
  'a quote that does not close': `${HEAD}stringData:\n  a: "HIDDEN\n  b: HIDDEN: x\n c: HIDDEN\n`,
  'text in place of a mapping': `${HEAD}data: HIDDEN\n`,
  'a misspelt field in flow style': `${HEAD}stringdata: {a: HIDDEN}\n`,
  'a List': `kind: List\napiVersion: v1\nitems:\n- ${HEAD.trimEnd().replaceAll('\n', '\n  ')}\n  data:\n    a: HIDDEN!\n    b: [HIDDEN]\n    c: {x: HIDDEN}\n`,
  'JSON in one line': '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"a":"HIDDEN!","b":5}}\n',
  'several lines of text': `${HEAD}data:\n  a: "HID\n    DEN HIDDEN"\n  b: |\n    HIDDEN\n`,
  'what kubectl left': `${HEAD.replace('namespace: n', 'namespace: n, annotations: {kubectl.kubernetes.io/last-applied-configuration: "HIDDEN"}')}data: {a: 1}\n`,
  'tags, aliases, tabs': `${HEAD}stringData:\n  a: *HIDDEN\n  b: !HIDDEN x\n\tc: HIDDEN\n`,
  'a merge conflict': `${HEAD}stringData:\n<<<<<<< HEAD\n  f: HIDDEN\n=======\n  f: b\n>>>>>>> c\n`,
  'a key that is no scalar': `${HEAD}stringData:\n  ? [HIDDEN]\n  : x\n  b: 'SUPER''HIDDEN' z\n`,
  'the kind after the data': `apiVersion: v1\ndata:\n  a: HIDDEN\nkind: Secret\nmetadata: {name: s}\n`,
};

for (const [name, text] of Object.entries(CASES)) {
  test(`${name}: no format says the value`, async () => {
    const file = { path: 'x.yaml', bytes: new TextEncoder().encode(text) };
    const report = await createPlumbline({ config: { preset: 'strict' } }).check([file], { detail: 'outcomes' });
    expect(report.findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(report.findings.map(({ message }) => message))).not.toContain('HIDDEN');
    for (const format of FORMAT_NAMES) {
      const out = render(format, report, { sources: () => text, limit: Number.POSITIVE_INFINITY });
      // A fix that moves text about would carry the value; a fingerprint does not.
      expect(out, format).not.toContain('HIDDEN');
    }
  });
}

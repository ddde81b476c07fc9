import { expect, test } from 'vitest';
import { FILES, REPORT } from '../testdata/handmade-report.ts';
import { FORMAT_NAMES, render } from './render.ts';

const options = { sources: (path: string) => FILES[path] };

for (const name of FORMAT_NAMES) {
  test(`${name}: golden`, async () => {
    await expect(render(name, REPORT, options)).toMatchFileSnapshot(`__goldens__/${name}.txt`);
  });

  test(`${name}: no control characters, no secret`, () => {
    const out = render(name, REPORT, options);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looked for
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(out).not.toContain('SUPERSECRET');
    expect(render(name, REPORT, options)).toBe(out);
  });
}

test('text: colours and width', async () => {
  await expect(render('text', REPORT, { ...options, color: true, width: 60 })).toMatchFileSnapshot('__goldens__/text-color-60.txt');
});

test('text: the first findings are shown, the rest is counted', () => {
  const findings = Array.from({ length: 120 }, (_, index) => ({
    ...(REPORT.findings[4] ?? raise()),
    rule: `meta/rule-${index % 3}`,
    message: `message ${index % 40}`,
    fingerprint: `${index}`,
  }));
  const out = render('text', { ...REPORT, findings }, { ...options, limit: 15 });
  expect(out.match(/apps\/web\.yaml:5:9/g)?.length).toBe(15);
  expect(out).toContain('40 more findings of 1 more rule not shown; --all shows every one');
  expect(
    render('text', { ...REPORT, findings }, { ...options, limit: Number.POSITIVE_INFINITY }).match(/apps\/web\.yaml:5:9/g)?.length,
  ).toBe(120);
});

test('text: an upgrade says what newly breaks', () => {
  const upgrades = [
    { from: '1.30', to: '1.34', findings: 0, refusals: 0, gone: 1 },
    { from: '1.34', to: '1.37', findings: 2, refusals: 1, gone: 0 },
    { from: '1.37', to: '1.38', findings: 1, refusals: 0, gone: 2 },
  ];
  const out = render('text', { ...REPORT, summary: { ...REPORT.summary, upgrades } }, options);
  expect(out.split('\n').filter((line) => line.startsWith('Upgrade'))).toEqual([
    'Upgrade from 1.30 to 1.34: nothing new breaks, 1 of before goes away',
    'Upgrade from 1.34 to 1.37: 2 findings new (1 refused by the API server)',
    'Upgrade from 1.37 to 1.38: 1 finding new, 2 of before go away',
  ]);
});

test('text: no line begins as a command to GitHub does', () => {
  const [finding] = REPORT.findings.filter((each) => each.location !== null);
  const out = render('text', {
    ...REPORT,
    findings: [{ ...(finding ?? raise()), location: { ...(finding?.location ?? raise()), file: '::error::x.yaml' } }],
  });
  expect(out.split('\n').filter((line) => /^\s*(?:\.\/)?::/.test(line))).toEqual([
    expect.stringMatching(/^ {4}\.\/::error::x\.yaml:\d+:\d+/),
  ]);
});

test('text: quiet prints what fails, and nothing when nothing does', () => {
  expect(render('text', REPORT, { quiet: true })).not.toContain('no owner');
  expect(render('text', { ...REPORT, findings: [] }, { quiet: true })).toBe('');
});

test('sarif: the members that code scanning needs', () => {
  const log = JSON.parse(render('sarif', REPORT, options));
  expect([log.version, log.runs.length]).toEqual(['2.1.0', 1]);
  const [run] = log.runs;
  for (const rule of run.tool.driver.rules) {
    expect(rule.id && rule.shortDescription.text && rule.fullDescription.text && rule.help.text).toBeTruthy();
  }
  for (const result of run.results) {
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.message.text).toBeTruthy();
    expect(result.partialFingerprints.primaryLocationLineHash).toBeTruthy();
    expect(result.locations[0].physicalLocation.artifactLocation.uri).not.toMatch(/^\/|^[a-z]+:| /);
  }
  expect(run.results.filter((result: { suppressions?: unknown }) => result.suppressions !== undefined).length).toBe(1);
});

test('an unknown format says which there are', () => {
  expect(() => render('xml', REPORT)).toThrow('unknown format "xml"; one of text, json, sarif, junit, github');
});

function raise(): never {
  throw new Error('the report has no such finding');
}

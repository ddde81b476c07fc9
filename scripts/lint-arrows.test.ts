import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findWrongArrows, importsOf } from './lint-arrows.mjs';

test('the imports of this repository go one way', () => {
  expect(findWrongArrows(join(dirname(fileURLToPath(import.meta.url)), '..'))).toEqual([]);
});

test('an import against the arrows is named with its file', () => {
  const root = workspace({
    'packages/core/src/a.ts': "import { readFileSync } from 'node:fs';\nimport type { Rule } from '@plumbline/schema';\n",
    'packages/schema/src/a.ts': "export { thing } from '../../core/src/a.ts';\nimport { c } from '@plumbline/core/src/a.ts';\n",
    'packages/schema/src/a.test.ts': "import { readFileSync } from 'node:fs';\nimport { expect } from 'vitest';\n",
    'policies/meta/src/a.ts': "import {\n  two,\n  lines,\n} from '@plumbline/reporters';\nconst yaml = await import('yaml');\n",
  });
  expect(findWrongArrows(root)).toMatchInlineSnapshot(`
    [
      "packages/core/src/a.ts: imports "node:fs": @plumbline/core touches no file, network, clock or environment",
      "packages/core/src/a.ts: imports "@plumbline/schema", against the arrows of the design",
      "packages/schema/src/a.ts: imports "../../core/src/a.ts", which lies outside its package",
      "packages/schema/src/a.ts: imports "@plumbline/core/src/a.ts": other packages are imported by their name alone",
      "policies/meta/src/a.ts: imports "@plumbline/reporters", against the arrows of the design",
      "policies/meta/src/a.ts: imports "yaml", which its package.json does not declare",
    ]
  `);
});

test('imports are found in every form', () => {
  expect(
    importsOf(`import a from 'a';\nimport 'b';\nexport type { C } from "c";\nexport * from 'd';\nconst e = () => import('e');\n`),
  ).toEqual(['a', 'c', 'd', 'b', 'e']);
});

function workspace(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'arrows-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', JSON.stringify({ devDependencies: { vitest: '*' } }));
  const dependencies = { '@plumbline/core': '*', '@plumbline/schema': '*', '@plumbline/reporters': '*' };
  for (const [folder, name] of Object.entries({ 'packages/core': 'core', 'packages/schema': 'schema', 'policies/meta': 'policy-meta' }))
    write(`${folder}/package.json`, JSON.stringify({ name: `@plumbline/${name}`, dependencies }));
  for (const [path, text] of Object.entries(files)) write(path, text);
  return root;
}

// Writes the two files of a new rule: `pnpm new-rule PACK/ID`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [id = ''] = process.argv.slice(2);
const [, pack, name] = /^([a-z][a-z0-9]*)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id) ?? [];
if (pack === undefined || name === undefined)
  fail('say which: pnpm new-rule PACK/ID, both in kebab-case (pnpm new-rule meta/required-labels)');
if (!existsSync(join(root, 'policies', pack)))
  fail(`there is no pack "${pack}": make policies/${pack} first, as a copy of another pack's package.json and tsconfig.json`);

const folder = join(root, 'policies', pack, 'src/rules');
const files = {
  [join(folder, `${name}.ts`)]: `import type { ResourceRule } from '@plumbline/core';

export const rule: ResourceRule = {
  id: '${id}',
  title: 'What must hold',
  why: 'What goes wrong otherwise.',
  remedy: 'What to do.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: good\\n',
    fail: 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: bad\\n',
  },
  kinds: ['ConfigMap'],
  *check(resource) {
    if (resource.name === 'bad') yield { path: ['metadata', 'name'], message: \`the name "\${resource.name}" is bad\` };
  },
};
`,
  [join(folder, `${name}.test.ts`)]: `import { testRule } from '@plumbline/testing';
import { rule } from './${name}.ts';

testRule(rule, {
  valid: {
    'a good name': \`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: good
    \`,
  },
  invalid: {
    'a bad name': {
      yaml: \`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: bad # <-
      \`,
      problems: [{ message: 'the name "bad" is bad', path: '/metadata/name' }],
    },
  },
});
`,
};
for (const path of Object.keys(files)) if (existsSync(path)) fail(`${relative(root, path)} is there already`);
mkdirSync(folder, { recursive: true });
for (const [path, text] of Object.entries(files)) {
  writeFileSync(path, text);
  console.log(relative(root, path));
}
console.log('then: pnpm gen');

function fail(message) {
  console.error(message);
  process.exit(2);
}

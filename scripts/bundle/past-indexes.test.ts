import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pastIndexes } from './past-indexes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-indexes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

mkdirSync(join(folder, 'yaml'));
writeFileSync(
  join(folder, 'index.ts'),
  "export { parse, type Parsed } from './yaml/parse.ts';\nexport {\n  NONE as NO_OPTIONAL,\n} from './none.ts';\n",
);
const direct: (text: string) => string = pastIndexes({ '@plumbline/x': join(folder, 'index.ts') });

test('imports the file that has a name', () => {
  expect(direct("import { parse, type Parsed } from '@plumbline/x';")).toBe(`import { parse as parse } from '${folder}/yaml/parse.ts';`);
});

test('follows a name that the index changes, and one that the import changes', () => {
  expect(direct("import { NO_OPTIONAL as none } from '@plumbline/x';")).toBe(`import { NONE as none } from '${folder}/none.ts';`);
});

test('keeps lines in their places, and imports of other modules as they are', () => {
  const text = "import {\n  parse,\n} from '@plumbline/x';\nimport { join } from 'node:path';\n";
  expect(direct(text)).toBe(`import { parse as parse } from '${folder}/yaml/parse.ts';\n\n\nimport { join } from 'node:path';\n`);
});

test('leaves what the index does not name to the build, which says so', () => {
  expect(direct("import { gone } from '@plumbline/x';")).toBe("import { gone as gone } from '@plumbline/x';");
});

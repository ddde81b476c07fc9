// Writes what follows from the rule files of each pack: src/rules.ts (the list) and README.md (the table).
// `node scripts/gen-rules.mjs [PACK…] [--check]`; with --check it writes nothing and exits 1 when something is out of date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START = '<!-- rules: written by `pnpm gen` -->';
const END = '<!-- end of rules -->';

const args = process.argv.slice(2);
const isCheck = args.includes('--check');
const asked = args.filter((arg) => !arg.startsWith('-'));
const packs =
  asked.length > 0 ? asked : readdirSync(join(root, 'policies')).filter((pack) => existsSync(join(root, 'policies', pack, 'src/rules')));

const stale = [];
for (const pack of packs.sort()) {
  const folder = join(root, 'policies', pack);
  put(join(folder, 'src/rules.ts'), listOf(ruleNames(folder)));
  put(join(folder, 'README.md'), await readmeOf(pack, folder));
}
if (stale.length > 0 && isCheck) {
  console.error(`out of date, run \`pnpm gen\`:\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exit(1);
}

function put(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  stale.push(relative(root, path));
  if (!isCheck) writeFileSync(path, text);
}

function ruleNames(folder) {
  return readdirSync(join(folder, 'src/rules'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
}

function listOf(names) {
  const local = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const imports = names.map((name) => `import { rule as ${local(name)} } from './rules/${name}.ts';\n`).join('');
  const items = names.map((name) => `  ${local(name)},\n`).join('');
  const short = `export const rules: readonly Rule[] = [${names.map(local).join(', ')}];\n`;
  // As the formatter would: on one line while it fits.
  const list = short.length <= 141 ? short : `export const rules: readonly Rule[] = [\n${items}];\n`;
  return `// Written by \`pnpm gen\` from the files in rules/; not edited by hand.\nimport type { Rule } from '@plumbline/core';\n${imports}\n${list}`;
}

async function readmeOf(pack, folder) {
  const { description, name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const path = join(folder, 'README.md');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : `# ${name}\n\n${description}\n\n${START}\n${END}\n`;
  const start = before.indexOf(START);
  const end = before.indexOf(END);
  if (start < 0 || end < start) throw new Error(`${relative(root, path)} has lost its lines "${START}" and "${END}"`);
  return `${before.slice(0, start)}${START}\n\n${tableOf(await infosOf(folder, pack))}\n${before.slice(end)}`;
}

/** What the rules say of themselves, by running the generated list. */
async function infosOf(folder, pack) {
  const contents = listOf(ruleNames(folder));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(folder, 'src'), loader: 'ts', sourcefile: 'rules.ts' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'error',
  });
  const { rules } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
  const infos = rules.flatMap((rule) => rule.members ?? [rule]);
  for (const { id } of infos) if (!id.startsWith(`${pack}/`)) console.warn(`${pack} holds a rule of another pack, "${id}"`);
  return infos.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function tableOf(infos) {
  const rows = infos.map(({ id, title, severity, set }) => `| \`${id}\` | ${cell(title)} | ${severity} | ${set} |\n`);
  return `| rule | what must hold | severity | preset |\n| --- | --- | --- | --- |\n${rows.join('')}\n\`plumbline explain RULE\` tells why, and what to do.\n`;
}

function cell(text) {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

// Facts that the Go types of k8s.io/api carry and that the schemas do not: scope, lifecycle, enums, defaults, and how a field is written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const listFolders = (dir) =>
  readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/**
 * `kinds`: `group/version/Kind` → {clustered, creatable, introduced, deprecated, removed, replacement};
 * `fields`: definition name → member name → {enum, default, isPointer, isOmitted: when it is empty, isOmittedAtZero}.
 */
export function readGoApi(dir) {
  const packages = [];
  for (const group of listFolders(dir)) {
    if (group === 'testdata') continue;
    for (const version of listFolders(join(dir, group))) {
      const folder = join(dir, group, version);
      const files = readdirSync(folder).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
      const text = (name) => (files.includes(name) ? readFileSync(join(folder, name), 'utf8') : '');
      const groupName = /const GroupName = "(.*)"/.exec(text('register.go'))?.[1];
      if (groupName === undefined) continue;
      const source = files
        .filter((name) => !name.startsWith('zz_') && !name.includes('generated') && name !== 'register.go')
        .map(text)
        .join('\n');
      packages.push({
        path: `${group}/${version}`,
        group,
        version,
        groupName,
        source,
        lifecycle: text('zz_generated.prerelease-lifecycle.go'),
      });
    }
  }
  const enums = new Map();
  for (const pack of packages) readEnums(pack, enums);
  const kinds = {};
  const fields = {};
  for (const pack of packages) {
    readKinds(pack, kinds);
    readFields(pack, enums, fields);
  }
  return { kinds, fields };
}

function readEnums({ path, source }, enums) {
  for (const match of source.matchAll(/((?:^\/\/.*\n)+)type (\w+) string$/gm)) {
    if (!/^\/\/ \+enum$/m.test(match[1])) continue;
    const values = [];
    for (const value of source.matchAll(new RegExp(`^\\t\\w+\\s+${match[2]}\\s*=\\s*"([^"]*)"`, 'gm'))) values.push(value[1]);
    if (values.length > 0) enums.set(`${path}.${match[2]}`, [...new Set(values)].sort());
  }
}

function readKinds({ groupName, version, source, lifecycle }, kinds) {
  const kindOf = (name) => {
    const key = `${groupName}/${version}/${name}`;
    kinds[key] ??= {};
    return kinds[key];
  };
  for (const match of source.matchAll(/((?:^\/\/.*\n|^\n)+)type (\w+) struct/gm)) {
    if (!/^\/\/ \+genclient$/m.test(match[1])) continue;
    const kind = kindOf(match[2]);
    kind.creatable = true;
    if (/^\/\/ \+genclient:nonNamespaced$/m.test(match[1])) kind.clustered = true;
  }
  for (const match of lifecycle.matchAll(/func \(in \*(\w+)\) APILifecycle(\w+)\(\) .*\{\n\treturn (.*)\n/g)) {
    if (match[1].endsWith('List')) continue;
    const kind = kindOf(match[1]);
    const release = /^1, (\d+)$/.exec(match[3]);
    if (release) kind[match[2].toLowerCase()] = Number(release[1]);
    const replacement = /Group: "(.*?)", Version: "(.*?)", Kind: "(.*?)"/.exec(match[3]);
    if (replacement) kind.replacement = `${replacement[1]}/${replacement[2]}/${replacement[3]}`;
  }
}

function readFields({ path, group, version, source }, enums, fields) {
  const imports = new Map();
  for (const match of source.matchAll(/^\t(?:import )?(?:(\w+) )?"k8s\.io\/api\/(\w+\/(\w+))"$/gm))
    imports.set(match[1] ?? match[3], match[2]);
  const inlined = [];
  for (const struct of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const definition = `io.k8s.api.${group}.${version}.${struct[1]}`;
    let comment = '';
    for (const line of struct[2].split('\n')) {
      if (line.startsWith('\t//')) {
        comment += `${line}\n`;
        continue;
      }
      const inline = /^\t(\w+)\s+`.*json:",inline"/.exec(line);
      if (inline) inlined.push([definition, `io.k8s.api.${group}.${version}.${inline[1]}`]);
      const field = /^\t(?:\w+\s+)?(\S+)\s+`(?:.*\s)?json:"([^",]+)([^"]*)"/.exec(line);
      if (field) {
        const type = field[1].replace(/^(?:\*|\[\])+/, '');
        const dot = type.indexOf('.');
        const name = dot < 0 ? `${path}.${type}` : `${imports.get(type.slice(0, dot)) ?? '?'}.${type.slice(dot + 1)}`;
        const facts = {
          isPointer: field[1].startsWith('*'),
          isOmitted: /,omitempty/.test(field[3]),
          isOmittedAtZero: /,omitzero/.test(field[3]),
        };
        if (enums.has(name)) facts.enum = enums.get(name);
        const preset = /\+default=(.*)$/m.exec(comment)?.[1];
        if (preset !== undefined && !preset.startsWith('ref(')) facts.default = JSON.parse(preset);
        fields[definition] ??= {};
        fields[definition][field[2]] = facts;
      }
      comment = '';
    }
  }
  // A structure within another lends it its members; it may hold others itself.
  for (let round = 0; round < 3; round++)
    for (const [outer, inner] of inlined) if (fields[inner]) fields[outer] = { ...fields[inner], ...fields[outer] };
}

// Python classes (pydantic) that cloudcoil made of definitions: one module a group and version, a class a structure.
// Types as in declarations.mjs.

const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|-?\d[\d.eE+-]*|[[\](){}|,=:]|\S/g;
const ANY = { kind: 'a' };
const SIMPLE = { str: 's', int: 'n', float: 'n', bool: 'b', AwareDatetime: 's', Base64Str: 's', AnyUrl: 's' };

/** The files of a wheel as {resolve, placeOf, kinds}: a place is {owner, path, name}. */
export function createPydantic(owner, files) {
  const modules = new Map();
  for (const [path, bytes] of files) if (path.endsWith('.py')) modules.set(path, readModule(bytes.toString('utf8')));
  const resolve = ({ path, name }) => modules.get(path)?.get(name);
  return {
    resolve,
    placeOf: (_owner, path, name) => (modules.get(path)?.has(name) ? { owner, path, name } : undefined),
    *kinds() {
      for (const [path, classes] of modules) {
        for (const [name, type] of classes) {
          const [apiVersion, kind] = [type.literals?.apiVersion, type.literals?.kind];
          if (apiVersion === undefined || kind === undefined || !apiVersion.includes('/')) continue;
          if (kind.endsWith('List') && type.fields.has('items')) continue;
          const [group, version] = apiVersion.split('/');
          yield { group, version, kind, place: { owner, path, name } };
        }
      }
    },
  };
}

function readModule(text) {
  const classes = new Map();
  for (const block of text.split(/^(?=class )/m)) {
    const head = /^class (\w+)\(([^\n]*)\):/.exec(block);
    if (head === null) continue;
    const root = /^RootModel\[(.*)\]$/.exec(head[2]);
    if (root !== null) classes.set(head[1], readType(tokensOf(root[1])).type);
    else classes.set(head[1], readClass(block));
  }
  return classes;
}

function readClass(block) {
  // It keeps what it does not know.
  if (/^ {4}model_config = ConfigDict\([^)]*extra="allow"/ms.test(block)) return ANY;
  const fields = new Map();
  const literals = {};
  for (const match of block.matchAll(/^ {4}([A-Za-z_]\w*): (?=[^\n])/gm)) {
    const tokens = tokensOf(block.slice(match.index + match[0].length, match.index + match[0].length + 4000));
    if (tokens.peek() === 'ClassVar') continue;
    const { type, alias, literal } = readType(tokens);
    const name = alias ?? match[1];
    fields.set(name, type);
    if (literal !== undefined) literals[name] = literal;
  }
  return fields.size === 0 ? ANY : { kind: 'object', fields, literals };
}

function tokensOf(text) {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  return { peek: () => tokens[at], next: () => tokens[at++], take: (token) => tokens[at] === token && ++at > 0 };
}

/** A union: {type, alias?, literal?}. */
function readType(tokens) {
  const parts = [readPrimary(tokens)];
  while (tokens.take('|')) parts.push(readPrimary(tokens));
  const alias = parts.find((part) => part.alias !== undefined)?.alias;
  const there = parts.filter((part) => part.type !== undefined);
  const first = there[0]?.type ?? ANY;
  const isOne = there.length === 1 || there.every(({ type }) => type.kind === first.kind && 'snb'.includes(type.kind));
  return { type: isOne ? first : ANY, alias, literal: there.length === 1 ? there[0].literal : undefined };
}

function readPrimary(tokens) {
  const token = tokens.next();
  if (token === undefined || token === 'None') return {};
  if (token === '(') {
    const inner = readType(tokens);
    tokens.take(')');
    return inner;
  }
  if (/^["']/.test(token)) return { type: { kind: 'ref', name: token.slice(1, -1) } };
  if (tokens.peek() !== '[') return { type: SIMPLE[token] === undefined ? named(token) : { kind: SIMPLE[token] } };
  tokens.next();
  if (token === 'Literal') return readLiteral(tokens);
  const given = [];
  let alias;
  while (tokens.peek() !== ']' && tokens.peek() !== undefined) {
    if (tokens.peek() === 'Field') alias = readAlias(tokens) ?? alias;
    else given.push(readType(tokens));
    tokens.take(',');
  }
  tokens.take(']');
  if (token === 'Annotated') return { type: given[0]?.type ?? ANY, alias, literal: given[0]?.literal };
  if (token === 'list') return { type: { kind: 'list', of: given[0]?.type ?? ANY } };
  // A map to anything also stands for what has no type at all.
  if (token === 'dict')
    return { type: given[1]?.type === undefined || given[1].type.kind === 'a' ? ANY : { kind: 'map', of: given[1].type } };
  return { type: ANY };
}

function named(token) {
  return token === 'Any' || token === 'dict' || token === 'list' || token.includes('.') ? ANY : { kind: 'ref', name: token };
}

function readLiteral(tokens) {
  const values = [];
  while (!tokens.take(']')) {
    const value = tokens.next();
    if (value === undefined) break;
    if (value !== ',') values.push(value);
  }
  const isText = values.every((value) => /^["']/.test(value));
  if (isText) return { type: { kind: 's' }, literal: values.length === 1 ? values[0].slice(1, -1) : undefined };
  return { type: values.every((value) => /^-?\d/.test(value)) ? { kind: 'n' } : ANY };
}

/** Past `Field(…)`; the name that the field has in JSON. */
function readAlias(tokens) {
  tokens.next();
  let alias;
  let depth = 0;
  do {
    const token = tokens.next();
    if (token === undefined) break;
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    else if (token === 'alias' && depth === 1 && tokens.take('=')) alias = tokens.next().slice(1, -1);
  } while (depth > 0);
  return alias;
}

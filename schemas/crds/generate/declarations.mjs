// Reads the types of TypeScript declaration files, as far as generators of models write them.
// A type is {kind: 's' | 'n' | 'b' | 'a'} (a: anything), {kind: 'list' | 'map', of}, {kind: 'object', fields, bases?} or {kind: 'ref', name}.

const TOKEN = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_$][\w$]*|-?\d[\d.]*|=>|\S/g;
const ANY = { kind: 'a' };
const SIMPLE = { string: 's', number: 'n', boolean: 'b', true: 'b', false: 'b', Date: 's' };
const ABSENT = new Set(['null', 'undefined', 'never']);

/** `types`: name → type; `imports`: name → {from, name}; `aliases`: exported name → own name. */
export function readDeclarations(text) {
  const reader = createReader(text.match(TOKEN) ?? []);
  const types = new Map();
  const imports = new Map();
  const aliases = new Map();
  while (!reader.isAtEnd()) readStatement(reader, { types, imports, aliases });
  return { types, imports, aliases };
}

function createReader(tokens) {
  let at = 0;
  let comment = '';
  const skip = () => {
    while (tokens[at]?.startsWith('/*') || tokens[at]?.startsWith('//')) comment = tokens[at++];
  };
  return {
    isAtEnd() {
      skip();
      return at >= tokens.length;
    },
    peek(ahead = 0) {
      skip();
      return tokens[at + ahead];
    },
    next() {
      skip();
      return tokens[at++];
    },
    take(token) {
      skip();
      if (tokens[at] !== token) return false;
      at++;
      return true;
    },
    expect(token) {
      skip();
      if (tokens[at] !== token) throw new Error(`expected ${token}, not ${tokens.slice(at, at + 8).join(' ')}`);
      at++;
    },
    /** The comment before the member that is read next. */
    takeComment() {
      skip();
      const last = comment;
      comment = '';
      return last;
    },
    /** Past a statement or a member that says nothing of types. */
    skipTo(end) {
      let depth = 0;
      for (skip(); at < tokens.length; skip()) {
        const token = tokens[at++];
        if (depth === 0 && token === end) return;
        if ('([{<'.includes(token)) depth++;
        else if (')]}>'.includes(token)) depth--;
      }
    },
  };
}

function readStatement(reader, found) {
  reader.take('export');
  reader.take('declare');
  const word = reader.next();
  if (word === 'import') readImport(reader, found.imports);
  else if (word === 'interface') {
    const name = reader.next();
    const bases = reader.take('extends') ? readBases(reader) : [];
    const own = readObject(reader);
    found.types.set(name, bases.length === 0 ? own : { kind: 'object', fields: own.fields ?? new Map(), bases });
  } else if (word === 'type' && reader.peek() === '{') readAliases(reader, found.aliases);
  else if (word === 'type') {
    const name = reader.next();
    if (reader.take('=')) {
      found.types.set(name, readType(reader));
      reader.take(';');
    } else reader.skipTo(';');
  } else if (word === 'enum') {
    found.types.set(reader.next(), { kind: 's' });
    reader.expect('{');
    reader.skipTo('}');
  } else if (word === 'class') {
    // Models say their types in interfaces beside them; what is read by a class alone is made by its constructors.
    const name = reader.next();
    if (!found.types.has(name)) found.types.set(name, ANY);
    while (reader.peek() !== '{') reader.next();
    reader.expect('{');
    reader.skipTo('}');
  } else if (word === '{') readAliases(reader, found.aliases, true);
  else if (word !== ';') reader.skipTo(';');
}

/** The names of what an interface extends; one with arguments is none that is known here. */
function readBases(reader) {
  const bases = [];
  do {
    bases.push(reader.next());
    if (reader.peek() === '<') {
      bases.push('?');
      reader.next();
      reader.skipTo('>');
    }
  } while (reader.take(','));
  return bases;
}

function readImport(reader, imports) {
  reader.take('type');
  if (!reader.take('{')) return reader.skipTo(';');
  while (!reader.take('}')) {
    reader.take('type');
    const name = reader.next();
    const local = reader.take('as') ? reader.next() : name;
    reader.take(',');
    imports.set(local, name);
  }
  reader.expect('from');
  const from = reader.next().slice(1, -1);
  for (const [local, name] of imports) if (typeof name === 'string') imports.set(local, { from, name });
  reader.take(';');
}

function readAliases(reader, aliases, isOpen = false) {
  if (!isOpen) reader.expect('{');
  while (!reader.take('}')) {
    const name = reader.next();
    aliases.set(reader.take('as') ? reader.next() : name, name);
    reader.take(',');
  }
  reader.skipTo(';');
}

function readObject(reader) {
  reader.expect('{');
  const fields = new Map();
  let of;
  while (!reader.take('}')) {
    const comment = reader.takeComment();
    reader.take('readonly');
    if (reader.take('[')) {
      reader.skipTo(']');
      reader.expect(':');
      of = readType(reader);
      endMember(reader);
      continue;
    }
    const written = reader.next();
    const name = /^["']/.test(written) ? JSON.parse(`"${written.slice(1, -1)}"`) : written;
    reader.take('?');
    if (!reader.take(':')) {
      reader.skipTo(';');
      continue;
    }
    // cdk8s renames fields; its comments keep their names.
    fields.set(/@schema \S+#(\S+)/.exec(comment)?.[1] ?? name, readType(reader));
    endMember(reader);
  }
  if (of === undefined) return fields.size === 0 ? ANY : { kind: 'object', fields };
  return fields.size === 0 ? { kind: 'map', of } : ANY;
}

function endMember(reader) {
  if (!reader.take(';')) reader.take(',');
}

function readType(reader) {
  reader.take('|');
  const choices = [readIntersection(reader)];
  while (reader.take('|')) choices.push(readIntersection(reader));
  const there = choices.filter((one) => one !== undefined);
  const first = there[0] ?? ANY;
  if (there.length === 1) return first;
  return there.every((one) => one.kind === first.kind && 'snb'.includes(one.kind)) ? first : ANY;
}

/** Of an intersection the first: what follows says which members go together. */
function readIntersection(reader) {
  const first = readPostfix(reader);
  while (reader.take('&')) readPostfix(reader);
  return first;
}

function readPostfix(reader) {
  let type = readPrimary(reader);
  while (reader.peek() === '[' && reader.peek(1) === ']') {
    reader.next();
    reader.next();
    type = { kind: 'list', of: type ?? ANY };
  }
  return type;
}

function readPrimary(reader) {
  if (reader.peek() === '{') return readObject(reader);
  const token = reader.next();
  if (token === '(') {
    const type = readType(reader);
    reader.expect(')');
    return type;
  }
  if (token === 'readonly') return readPrimary(reader);
  if (/^["']/.test(token)) return { kind: 's' };
  if (/^-?\d/.test(token)) return { kind: 'n' };
  if (ABSENT.has(token)) return undefined;
  if (token === 'import') {
    while (/[.("]/.test(reader.peek()[0]) || reader.peek() === ')') reader.next();
    return ANY;
  }
  if (reader.peek() === '<') {
    reader.next();
    const given = [readType(reader)];
    while (reader.take(',')) given.push(readType(reader));
    reader.expect('>');
    if (token === 'Array') return { kind: 'list', of: given[0] };
    if (token === 'Record') return { kind: 'map', of: given[1] };
    return ANY;
  }
  if (SIMPLE[token] !== undefined) return { kind: SIMPLE[token] };
  return token === 'any' || token === 'unknown' || token === 'object' ? ANY : { kind: 'ref', name: token };
}

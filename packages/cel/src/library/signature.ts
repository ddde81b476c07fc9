import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  NULL,
  opaque,
  optionalOf,
  parameter,
  STRING,
  TIMESTAMP,
  TYPE,
  typeOf,
  UINT,
} from '../types/type.ts';

export interface Signature {
  readonly isMember: boolean;
  readonly args: readonly CelType[];
  readonly result: CelType;
  readonly hasParameters: boolean;
}

const NAMED: Readonly<Record<string, CelType>> = {
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  null: NULL,
  dyn: DYN,
  timestamp: TIMESTAMP,
  duration: DURATION,
  type: TYPE,
};

const NO_FIELDS = new Map();
const known = new Map<string, CelType>();

/** The type of values that a library brings: it has a name and no fields. The server declares addresses as opaque, the others as objects. */
export function libraryType(name: string): CelType {
  let type = known.get(name);
  if (type === undefined) {
    type = name.startsWith('net.') ? opaque(name) : { kind: 'object', name, fields: NO_FIELDS };
    known.set(name, type);
  }
  return type;
}

/** Whether a type is one of those: of their fields the server says nothing. */
export function isLibraryType(type: CelType): boolean {
  return type.kind === 'object' && known.has(type.name);
}

/** Reads `list(T).(int, string): bool`; one capital letter is a type parameter, a name with a dot a library's type. */
export function parseSignature(text: string): Signature {
  const reader = new Reader(text);
  const args: CelType[] = [];
  const isMember = !text.startsWith('(');
  if (isMember) {
    args.push(reader.type());
    reader.expect('.');
  }
  reader.expect('(');
  while (!reader.accept(')')) {
    args.push(reader.type());
    reader.accept(',');
  }
  reader.expect(':');
  return { isMember, args, result: reader.type(), hasParameters: /\b[A-Z]\b/.test(text) };
}

class Reader {
  private rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  accept(symbol: string): boolean {
    if (!this.rest.startsWith(symbol)) return false;
    this.rest = this.rest.slice(symbol.length).trimStart();
    return true;
  }

  expect(symbol: string): void {
    if (!this.accept(symbol)) throw new Error(`a signature has no "${symbol}" before "${this.rest}"`);
  }

  type(): CelType {
    const name = /^[A-Za-z]+(?:\.[A-Za-z]+)*/.exec(this.rest)?.[0] ?? '';
    this.rest = this.rest.slice(name.length).trimStart();
    switch (name) {
      case 'list':
        return this.parameters(1, ([element = DYN]) => listOf(element));
      case 'map':
        return this.parameters(2, ([key = DYN, value = DYN]) => mapOf(key, value));
      case 'optional':
        return this.parameters(1, ([of = DYN]) => optionalOf(of));
      case 'type':
        return this.rest.startsWith('(') ? this.parameters(1, ([of = DYN]) => typeOf(of)) : TYPE;
      default:
        return NAMED[name] ?? (/^[A-Z]$/.test(name) ? parameter(name) : libraryType(name));
    }
  }

  private parameters(count: number, build: (types: readonly CelType[]) => CelType): CelType {
    this.expect('(');
    const types: CelType[] = [];
    for (let index = 0; index < count; index++) {
      types.push(this.type());
      this.accept(index < count - 1 ? ',' : ')');
    }
    return build(types);
  }
}

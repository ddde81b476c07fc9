import { Fault } from './fault.ts';
import { Parser } from './parser.ts';

/** A node of a YAML document, with the stretch of text that its content takes. Anchors and tags stand before `start`. */
export interface YamlNode {
  readonly kind: 'scalar' | 'sequence' | 'mapping' | 'alias';
  readonly start: number;
  end: number;
  /** A scalar's text, an alias's name. */
  readonly value: string;
  readonly tag: string;
  readonly isImplicit: boolean;
  /** Items of a sequence; keys and values of a mapping in turn. */
  readonly children: YamlNode[];
  readonly target?: YamlNode;
}

/** What a document was composed to; `root` is undefined where the text holds no document at all. */
export interface Composition {
  readonly root: YamlNode | undefined;
  /** Anchors that stand for one thing first and another later. */
  readonly redefined: readonly { readonly name: string; readonly node: YamlNode }[];
  /** Where the document ends: what stands behind is another one. */
  readonly end: number;
}

const NO_CHILDREN: YamlNode[] = [];

/** The tree of the first document of a text. Throws a Fault. */
export function compose(text: string, limitFault?: Fault, limit?: number): Composition {
  const parser = new Parser(text, limitFault, limit);
  if (parser.next().kind === 'streamEnd') return { root: undefined, redefined: [], end: text.length };
  const anchors = new Map<string, YamlNode>();
  const redefined: { name: string; node: YamlNode }[] = [];
  const open: YamlNode[] = [];
  const blocks: boolean[] = [];
  let root: YamlNode | undefined;
  for (;;) {
    const event = parser.next();
    if (event.kind === 'end') {
      const node = open.pop();
      const isBlock = blocks.pop();
      if (node !== undefined) node.end = isBlock ? (node.children[node.children.length - 1]?.end ?? node.end) : event.end;
    } else if (event.kind === 'documentEnd') return { root, redefined, end: event.start };
    else {
      const kind = event.kind === 'document' || event.kind === 'streamEnd' ? 'scalar' : event.kind;
      const value = event.value ?? '';
      const target = kind === 'alias' ? anchors.get(value) : undefined;
      if (kind === 'alias' && target === undefined)
        throw new Fault('undefined-alias', `unknown anchor "${value}" referenced`, event.start, event.end);
      const isCollection = kind === 'sequence' || kind === 'mapping';
      const node: YamlNode = {
        kind,
        start: event.start,
        end: event.end,
        value,
        tag: event.tag ?? '',
        isImplicit: event.isImplicit ?? false,
        children: isCollection ? [] : NO_CHILDREN,
        ...(target === undefined ? {} : { target }),
      };
      if (event.anchor !== undefined) {
        if (anchors.has(event.anchor)) redefined.push({ name: event.anchor, node });
        anchors.set(event.anchor, node);
      }
      const parent = open[open.length - 1];
      if (parent === undefined) root = node;
      else parent.children.push(node);
      if (isCollection) {
        open.push(node);
        blocks.push(event.isFlow !== true);
      }
    }
  }
}

import { Fault } from './fault.ts';
import { Scanner } from './scanner.ts';
import { type ScannedToken, Token } from './token.ts';

export type EventKind = 'scalar' | 'alias' | 'sequence' | 'mapping' | 'end' | 'document' | 'documentEnd' | 'streamEnd';

/** A step of the composition of a document. `start` and `end` stand around the content, without its anchor and tag. */
export interface ParseEvent {
  readonly kind: EventKind;
  readonly start: number;
  readonly end: number;
  readonly value?: string;
  readonly tag?: string;
  readonly anchor?: string;
  /** A scalar whose type is to be found out from its text: plain, or tagged `!`. */
  readonly isImplicit?: boolean;
  readonly isFlow?: boolean;
}

const State = {
  implicitDocument: 0,
  document: 1,
  documentContent: 2,
  documentEnd: 3,
  blockSequenceFirst: 5,
  blockSequence: 6,
  indentlessSequence: 7,
  blockMappingFirst: 8,
  blockMappingKey: 9,
  blockMappingValue: 10,
  flowSequenceFirst: 11,
  flowSequence: 12,
  flowPairKey: 13,
  flowPairValue: 14,
  flowPairEnd: 15,
  flowMappingFirst: 16,
  flowMappingKey: 17,
  flowMappingValue: 18,
  flowMappingEmptyValue: 19,
  blockNode: 20,
  end: 21,
} as const;
type StateKind = (typeof State)[keyof typeof State];

const YAML_TAGS = 'tag:yaml.org,2002:';

/** The events of a YAML text by the grammar of YAML 1.1 as go-yaml reads it. Keeps its own stack, so depth costs no calls. */
export class Parser {
  private readonly scanner: Scanner;
  private state: StateKind = State.implicitDocument;
  private readonly states: StateKind[] = [];
  /** Where the open collections begin, to say which one is not closed. */
  private readonly opens: number[] = [];
  private tagPrefixes = new Map<string, string>();
  /** Where the last value or key ended: there stands a value that is not written. */
  private lastEnd = 0;

  constructor(text: string, limitFault?: Fault, limit?: number) {
    this.scanner = new Scanner(text, limitFault, limit);
  }

  next(): ParseEvent {
    switch (this.state) {
      case State.implicitDocument:
        return this.startDocument(true);
      case State.document:
        return this.startDocument(false);
      case State.documentContent:
        return this.documentContent();
      case State.documentEnd:
        return this.endDocument();
      case State.blockNode:
        return this.node(true, false);
      case State.blockSequenceFirst:
      case State.blockSequence:
        return this.blockSequence();
      case State.indentlessSequence:
        return this.indentlessSequence();
      case State.blockMappingFirst:
      case State.blockMappingKey:
        return this.blockMappingKey();
      case State.blockMappingValue:
        return this.blockMappingValue();
      case State.flowSequenceFirst:
        return this.flowSequence(true);
      case State.flowSequence:
        return this.flowSequence(false);
      case State.flowPairKey:
        return this.flowPairKey();
      case State.flowPairValue:
        return this.flowPairValue();
      case State.flowPairEnd: {
        const { start } = this.scanner.peek();
        this.state = State.flowSequence;
        return { kind: 'end', start, end: start };
      }
      case State.flowMappingFirst:
        return this.flowMappingKey(true);
      case State.flowMappingKey:
        return this.flowMappingKey(false);
      case State.flowMappingValue:
        return this.flowMappingValue();
      case State.flowMappingEmptyValue:
        this.scanner.peek();
        return this.empty(this.lastEnd, State.flowMappingKey);
      default: {
        const { start, end } = this.scanner.peek();
        return { kind: 'streamEnd', start, end };
      }
    }
  }

  private startDocument(isImplicit: boolean): ParseEvent {
    let token = this.scanner.peek();
    if (!isImplicit) {
      while (token.kind === Token.documentEnd) {
        this.scanner.take();
        token = this.scanner.peek();
      }
    }
    const { start, end } = token;
    if (token.kind === Token.streamEnd) {
      this.state = State.end;
      return { kind: 'streamEnd', start, end };
    }
    const isBare = isImplicit && token.kind !== Token.directive && token.kind !== Token.documentStart;
    this.readDirectives();
    this.states.push(State.documentEnd);
    if (isBare) this.state = State.blockNode;
    else {
      token = this.scanner.peek();
      if (token.kind !== Token.documentStart) throw new Fault('syntax', 'did not find expected <document start>', token.start, token.end);
      this.scanner.take();
      this.state = State.documentContent;
    }
    return { kind: 'document', start, end };
  }

  private readDirectives(): void {
    let hasVersion = false;
    let token = this.scanner.peek();
    while (token.kind === Token.directive && token.directive !== undefined) {
      const { directive } = token;
      if ('version' in directive) {
        if (hasVersion) throw new Fault('syntax', 'found duplicate %YAML directive', token.start, token.end);
        if (directive.version !== '1.1')
          throw new Fault('syntax', `found incompatible YAML version "${directive.version}"`, token.start, token.end);
        hasVersion = true;
      } else {
        if (this.tagPrefixes.has(directive.handle)) throw new Fault('syntax', 'found duplicate %TAG directive', token.start, token.end);
        this.tagPrefixes.set(directive.handle, directive.prefix);
      }
      this.scanner.take();
      token = this.scanner.peek();
    }
    if (!this.tagPrefixes.has('!')) this.tagPrefixes.set('!', '!');
    if (!this.tagPrefixes.has('!!')) this.tagPrefixes.set('!!', YAML_TAGS);
  }

  private documentContent(): ParseEvent {
    const { kind, start } = this.scanner.peek();
    const isEmpty = kind === Token.directive || kind === Token.documentStart || kind === Token.documentEnd || kind === Token.streamEnd;
    return isEmpty ? this.empty(start, this.popState()) : this.node(true, false);
  }

  private endDocument(): ParseEvent {
    const token = this.scanner.peek();
    if (token.kind === Token.documentEnd) this.scanner.take();
    this.tagPrefixes = new Map();
    this.state = State.document;
    return { kind: 'documentEnd', start: token.start, end: token.start };
  }

  private node(isBlock: boolean, mayBeIndentless: boolean): ParseEvent {
    let token = this.scanner.peek();
    if (token.kind === Token.alias) {
      this.scanner.take();
      this.state = this.popState();
      this.lastEnd = token.end;
      return { kind: 'alias', start: token.start, end: token.end, value: token.value ?? '' };
    }
    let anchor: string | undefined;
    let tagToken: ScannedToken | undefined;
    let propertiesEnd = token.start;
    while ((token.kind === Token.anchor && anchor === undefined) || (token.kind === Token.tag && tagToken === undefined)) {
      if (token.kind === Token.anchor) anchor = token.value;
      else tagToken = token;
      propertiesEnd = token.end;
      this.scanner.take();
      token = this.scanner.peek();
    }
    const tag = tagToken === undefined ? '' : this.fullTag(tagToken);
    const properties = anchor === undefined ? { tag } : { tag, anchor };
    const { start, end } = token;
    if (mayBeIndentless && token.kind === Token.blockEntry) {
      this.state = State.indentlessSequence;
      return { kind: 'sequence', start, end, ...properties };
    }
    if (token.kind === Token.scalar) {
      this.scanner.take();
      this.state = this.popState();
      this.lastEnd = end;
      const isImplicit = tag === '!' || (tag === '' && token.isPlain === true);
      return { kind: 'scalar', start, end, value: token.value ?? '', isImplicit, ...properties };
    }
    if (token.kind === Token.flowSequenceStart) {
      this.state = State.flowSequenceFirst;
      return { kind: 'sequence', start, end, isFlow: true, ...properties };
    }
    if (token.kind === Token.flowMappingStart) {
      this.state = State.flowMappingFirst;
      return { kind: 'mapping', start, end, isFlow: true, ...properties };
    }
    if (isBlock && token.kind === Token.blockSequenceStart) {
      this.state = State.blockSequenceFirst;
      return { kind: 'sequence', start, end, ...properties };
    }
    if (isBlock && token.kind === Token.blockMappingStart) {
      this.state = State.blockMappingFirst;
      return { kind: 'mapping', start, end, ...properties };
    }
    if (anchor !== undefined || tag !== '') {
      this.state = this.popState();
      this.lastEnd = propertiesEnd;
      return { kind: 'scalar', start: propertiesEnd, end: propertiesEnd, value: '', isImplicit: tag === '', ...properties };
    }
    if (!isBlock && token.kind === Token.streamEnd) throw this.notClosed('a value', token);
    throw new Fault('syntax', 'did not find expected node content', token.start, token.end);
  }

  private fullTag(token: ScannedToken): string {
    const handle = token.value ?? '';
    const suffix = token.suffix ?? '';
    if (handle === '') return suffix;
    const prefix = this.tagPrefixes.get(handle);
    const tag = prefix === undefined ? '' : prefix + suffix;
    if (tag === '') throw new Fault('syntax', `found undefined tag handle "${handle}"`, token.start, token.end);
    return tag;
  }

  private blockSequence(): ParseEvent {
    if (this.state === State.blockSequenceFirst) this.opens.push(this.scanner.take().start);
    const token = this.scanner.peek();
    if (token.kind === Token.blockEntry) {
      this.scanner.take();
      const { kind } = this.scanner.peek();
      if (kind === Token.blockEntry || kind === Token.blockEnd) return this.empty(token.end, State.blockSequence);
      this.states.push(State.blockSequence);
      return this.node(true, false);
    }
    if (token.kind === Token.blockEnd) return this.close(token, true);
    throw new Fault('syntax', "did not find expected '-' indicator", token.start, token.end);
  }

  private indentlessSequence(): ParseEvent {
    const token = this.scanner.peek();
    if (token.kind === Token.blockEntry) {
      this.scanner.take();
      const { kind } = this.scanner.peek();
      if (kind === Token.blockEntry || kind === Token.key || kind === Token.value || kind === Token.blockEnd) {
        return this.empty(token.end, State.indentlessSequence);
      }
      this.states.push(State.indentlessSequence);
      return this.node(true, false);
    }
    this.state = this.popState();
    return { kind: 'end', start: token.start, end: token.start };
  }

  private blockMappingKey(): ParseEvent {
    if (this.state === State.blockMappingFirst) this.opens.push(this.scanner.take().start);
    const token = this.scanner.peek();
    if (token.kind === Token.key) {
      this.scanner.take();
      const { kind } = this.scanner.peek();
      if (kind === Token.key || kind === Token.value || kind === Token.blockEnd) return this.empty(token.end, State.blockMappingValue);
      this.states.push(State.blockMappingValue);
      return this.node(true, true);
    }
    if (token.kind === Token.blockEnd) return this.close(token, true);
    throw new Fault('syntax', 'did not find expected key', token.start, token.end);
  }

  private blockMappingValue(): ParseEvent {
    const token = this.scanner.peek();
    if (token.kind !== Token.value) return this.empty(this.lastEnd, State.blockMappingKey);
    this.scanner.take();
    const { kind } = this.scanner.peek();
    if (kind === Token.key || kind === Token.value || kind === Token.blockEnd) return this.empty(token.end, State.blockMappingKey);
    this.states.push(State.blockMappingKey);
    return this.node(true, true);
  }

  private flowSequence(isFirst: boolean): ParseEvent {
    if (isFirst) this.opens.push(this.scanner.take().start);
    let token = this.scanner.peek();
    if (token.kind !== Token.flowSequenceEnd && !isFirst) {
      if (token.kind !== Token.flowEntry) throw this.notClosed("',' or ']'", token);
      this.scanner.take();
      token = this.scanner.peek();
    }
    if (token.kind === Token.key) {
      this.scanner.take();
      this.state = State.flowPairKey;
      return { kind: 'mapping', start: token.start, end: token.end, tag: '', isFlow: true };
    }
    if (token.kind === Token.flowSequenceEnd) return this.close(token, true);
    this.states.push(State.flowSequence);
    return this.node(false, false);
  }

  private flowPairKey(): ParseEvent {
    const { kind, end } = this.scanner.peek();
    if (kind === Token.value || kind === Token.flowEntry || kind === Token.flowSequenceEnd) {
      // go-yaml passes this token, also where it is the ',' or ']': such a text is then refused, or read on one token later.
      this.scanner.take();
      return this.empty(end, State.flowPairValue);
    }
    this.states.push(State.flowPairValue);
    return this.node(false, false);
  }

  private flowPairValue(): ParseEvent {
    const token = this.scanner.peek();
    if (token.kind === Token.value) {
      this.scanner.take();
      const { kind } = this.scanner.peek();
      if (kind !== Token.flowEntry && kind !== Token.flowSequenceEnd) {
        this.states.push(State.flowPairEnd);
        return this.node(false, false);
      }
      return this.empty(token.end, State.flowPairEnd);
    }
    return this.empty(this.lastEnd, State.flowPairEnd);
  }

  private flowMappingKey(isFirst: boolean): ParseEvent {
    if (isFirst) this.opens.push(this.scanner.take().start);
    let token = this.scanner.peek();
    if (token.kind !== Token.flowMappingEnd && !isFirst) {
      if (token.kind !== Token.flowEntry) throw this.notClosed("',' or '}'", token);
      this.scanner.take();
      token = this.scanner.peek();
    }
    if (token.kind === Token.key) {
      this.scanner.take();
      const { kind } = this.scanner.peek();
      if (kind === Token.value || kind === Token.flowEntry || kind === Token.flowMappingEnd)
        return this.empty(token.end, State.flowMappingValue);
      this.states.push(State.flowMappingValue);
      return this.node(false, false);
    }
    if (token.kind === Token.flowMappingEnd) return this.close(token, true);
    this.states.push(State.flowMappingEmptyValue);
    return this.node(false, false);
  }

  private flowMappingValue(): ParseEvent {
    const token = this.scanner.peek();
    if (token.kind === Token.value) {
      this.scanner.take();
      const { kind } = this.scanner.peek();
      if (kind !== Token.flowEntry && kind !== Token.flowMappingEnd) {
        this.states.push(State.flowMappingKey);
        return this.node(false, false);
      }
      return this.empty(token.end, State.flowMappingKey);
    }
    return this.empty(this.lastEnd, State.flowMappingKey);
  }

  private close(token: ScannedToken, hasMark: boolean): ParseEvent {
    this.scanner.take();
    // The end of a block stands behind the blanks and comments that follow it.
    if (token.kind !== Token.blockEnd) this.lastEnd = token.end;
    if (hasMark) this.opens.pop();
    this.state = this.popState();
    return { kind: 'end', start: token.start, end: token.end };
  }

  private empty(at: number, state: StateKind): ParseEvent {
    this.state = state;
    this.lastEnd = at;
    return { kind: 'scalar', start: at, end: at, value: '', tag: '', isImplicit: true };
  }

  /** A flow collection that runs into the end of the text is reported where it opens. */
  private notClosed(expected: string, token: ScannedToken): Fault {
    const open = this.opens[this.opens.length - 1] ?? token.start;
    if (token.kind === Token.streamEnd)
      return new Fault('syntax', `the collection that opens here is not closed: did not find expected ${expected}`, open);
    return new Fault('syntax', `did not find expected ${expected}`, token.start, token.end);
  }

  private popState(): StateKind {
    return this.states.pop() ?? State.end;
  }
}

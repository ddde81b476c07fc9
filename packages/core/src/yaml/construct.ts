import { type JsonValue, setMember } from '../values/json.ts';
import type { YamlNode } from './compose.ts';
import { Fault } from './fault.ts';
import { formatFloatKey } from './float-key.ts';
import type { Resolved } from './resolve.ts';
import { resolveNode, shorten } from './tagged.ts';

/** A key written twice, which only a strict reader refuses. */
export interface DuplicateKey {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The key comes in again by a merge; the stretch is that of its `<<`. */
  readonly isMerge: boolean;
  /** Where the key stands first. */
  readonly first: number;
}

export interface Construction {
  readonly value: JsonValue;
  readonly duplicates: readonly DuplicateKey[];
}

type Members = Record<string, JsonValue>;

/** A mapping, sequence or list of merges being filled. */
interface Frame {
  readonly node: YamlNode;
  /** The alias that led here; until the frame is done, meeting it again means that the anchor contains itself. */
  readonly alias: YamlNode | undefined;
  readonly members: Members | undefined;
  readonly items: JsonValue[] | undefined;
  /** Keys already set, by type and value, for one mapping and what is merged into it. */
  readonly seen: Map<string, YamlNode>;
  /** The `<<` that this frame fills its members for. */
  readonly mergeKey: YamlNode | undefined;
  /** The node is the list of a merge, whose items all fill the same members. */
  readonly isMergeList: boolean;
  next: number;
  key: string;
}

/**
 * The JSON value of a document, in the order and with the limits of go-yaml's decoder: aliases are expanded at every use and
 * counted, merge keys are written as they are met (so a merge overrides what stands before it), the last of equal keys wins.
 * Throws a Fault. Keeps its own stack, so depth costs no calls.
 */
export function construct(root: YamlNode): Construction {
  const work = new Work();
  const value = work.run(root);
  if (work.suspects.size > 0) refuseSuspects(value, work.hidden, work.suspects, work.badNumber);
  return { value, duplicates: work.duplicates };
}

class Work {
  readonly duplicates: DuplicateKey[] = [];
  /** Objects with a key that JSON cannot have: refused only if they are still in the value at the end, as a later equal key may drop them. */
  readonly suspects = new Map<object | undefined, Fault>();
  badNumber: Fault | undefined;
  /** Values under keys that JSON writes alike but Go keeps apart (`1`, `"1"`): it turns each of them into JSON before one is left. */
  readonly hidden: JsonValue[] = [];
  private readonly stack: Frame[] = [];
  private readonly open = new Set<YamlNode>();
  private decodes = 0;
  private aliasDecodes = 0;
  private aliasDepth = 0;

  run(root: YamlNode): JsonValue {
    let result: JsonValue = null;
    const done = this.begin(root, undefined, undefined);
    if (done !== undefined) return done;
    for (let frame = this.stack[this.stack.length - 1]; frame !== undefined; frame = this.stack[this.stack.length - 1]) {
      if (frame.next < frame.node.children.length) {
        this.step(frame);
        continue;
      }
      this.stack.pop();
      if (frame.alias !== undefined) this.leave(frame.alias);
      if (frame.mergeKey !== undefined) continue;
      const value: JsonValue = frame.items ?? frame.members ?? null;
      const parent = this.stack[this.stack.length - 1];
      if (parent === undefined) result = value;
      else accept(parent, value);
    }
    return result;
  }

  /** Reads a scalar at once, or opens a frame and gives undefined. `into`: the frame whose mapping a merge fills. */
  private begin(from: YamlNode, into: Frame | undefined, mergeKey: YamlNode | undefined): JsonValue | undefined {
    this.count(from);
    let node = from;
    let alias: YamlNode | undefined;
    if (from.target !== undefined) {
      if (this.open.has(from)) throw new Fault('bound-alias', `anchor "${from.value}" value contains itself`, from.start, from.end);
      alias = from;
      this.open.add(from);
      this.aliasDepth++;
      node = from.target;
      this.count(from);
    }
    if (node.kind === 'scalar') {
      const value = this.scalar(node);
      if (alias !== undefined) this.leave(alias);
      return value;
    }
    const isSequence = node.kind === 'sequence';
    this.stack.push({
      node,
      alias,
      members: isSequence ? undefined : (into?.members ?? {}),
      items: isSequence ? [] : undefined,
      seen: into?.seen ?? new Map(),
      mergeKey,
      isMergeList: false,
      next: 0,
      key: '',
    });
    return undefined;
  }

  private step(frame: Frame): void {
    const { children } = frame.node;
    if (frame.isMergeList) {
      // From the end, so that an earlier mapping overrides a later one.
      const source = children[children.length - 1 - frame.next++];
      if (source !== undefined) this.begin(source, frame, frame.mergeKey);
      return;
    }
    const child = children[frame.next];
    if (child === undefined) return;
    if (frame.items !== undefined) {
      frame.next++;
      const value = this.begin(child, undefined, undefined);
      if (value !== undefined) frame.items.push(value);
      return;
    }
    const valueNode = children[frame.next + 1];
    frame.next += 2;
    if (valueNode === undefined || frame.members === undefined) return;
    if (isMergeKey(child)) {
      this.merge(frame, child, valueNode);
      return;
    }
    frame.key = this.readKey(frame, child);
    const value = this.begin(valueNode, undefined, undefined);
    if (value !== undefined) accept(frame, value);
  }

  private merge(frame: Frame, key: YamlNode, value: YamlNode): void {
    const sources = value.kind === 'sequence' ? value.children : [value];
    for (const source of sources) {
      if ((source.target ?? source).kind !== 'mapping') {
        throw new Fault('invalid-value', 'a merge key needs a mapping or a list of mappings as its value', source.start, source.end);
      }
    }
    const mergeKey = frame.mergeKey ?? key;
    if (value.kind !== 'sequence') this.begin(value, frame, mergeKey);
    else this.stack.push({ ...frame, node: value, alias: undefined, mergeKey, isMergeList: true, next: 0 });
  }

  private readKey(frame: Frame, from: YamlNode): string {
    this.count(from);
    const node = from.target ?? from;
    if (from.target !== undefined) this.count(from, 1);
    if (node.kind !== 'scalar') throw new Fault('invalid-key', 'a mapping key is a mapping or a list', from.start, from.end);
    const resolved = resolveNode(node);
    const key = keyText(resolved);
    if (resolved.type === 'null' || resolved.type === 'unsigned') {
      this.suspects.set(
        frame.members,
        new Fault('invalid-key', `a mapping key is ${describe(resolved)}, which JSON cannot have as a key`, from.start, from.end),
      );
    }
    const identity = `${resolved.type === 'string' ? 's' : resolved.type === 'integer' ? 'i' : resolved.type[0]}${typeof resolved.value === 'string' ? resolved.value : Object.is(resolved.value, -0) ? '0' : String(resolved.value)}`;
    const before = frame.seen.get(identity);
    const at = frame.mergeKey ?? from;
    const { members } = frame;
    if ((before === undefined || Number.isNaN(resolved.value)) && members?.[key] !== undefined && Object.hasOwn(members, key)) {
      this.hidden.push(members[key] ?? null);
    }
    // The key 0.0 is -0.0 again, of which the last spelling stays.
    if (before !== undefined && resolved.type === 'float' && resolved.value === 0 && members !== undefined)
      delete members[key === '0' ? '-0' : '0'];
    if (before === undefined) frame.seen.set(identity, at);
    else if (!Number.isNaN(resolved.value)) {
      this.duplicates.push({ key, start: at.start, end: at.end, isMerge: frame.mergeKey !== undefined, first: before.start });
    }
    return key;
  }

  private scalar(node: YamlNode): JsonValue {
    const { type, value } = resolveNode(node);
    if (type === 'float' && !Number.isFinite(value)) {
      const fault = new Fault(
        'invalid-value',
        `"${shorten(node.value)}" is a number that JSON cannot hold; quote it to keep it as text`,
        node.start,
        node.end,
      );
      this.suspects.set(undefined, fault);
      this.badNumber = fault;
    }
    return value;
  }

  private leave(alias: YamlNode): void {
    this.open.delete(alias);
    this.aliasDepth--;
  }

  /** go-yaml's guard against alias bombs: of more than 1000 steps at most a share may come from aliases, less the larger the document. */
  private count(node: YamlNode, inAlias = 0): void {
    this.decodes++;
    if (this.aliasDepth + inAlias > 0) this.aliasDecodes++;
    const { decodes, aliasDecodes } = this;
    if (aliasDecodes > 100 && decodes > 1000 && aliasDecodes / decodes > allowedShare(decodes)) {
      throw new Fault('bound-alias', 'document contains excessive aliasing', node.start, node.end);
    }
  }
}

function accept(frame: Frame, value: JsonValue): void {
  if (frame.items !== undefined) frame.items.push(value);
  else if (frame.members !== undefined) setMember(frame.members, frame.key, value);
}

export function isMergeKey(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === '<<' && (node.isImplicit || node.tag === 'tag:yaml.org,2002:merge');
}

function allowedShare(decodes: number): number {
  if (decodes <= 400_000) return 0.99;
  return decodes >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((decodes - 400_000) / 3_600_000);
}

export function keyText({ type, value }: Resolved): string {
  return type === 'float' && typeof value === 'number' ? formatFloatKey(value) : String(value);
}

function describe({ type, value }: Resolved): string {
  return type === 'null' ? 'null' : `"${String(value)}"`;
}

/** Walks the finished value for numbers and keys that JSON cannot hold, what is hidden in it for keys only; only documents that had one get here. */
function refuseSuspects(
  root: JsonValue,
  hidden: readonly JsonValue[],
  suspects: ReadonlyMap<object | undefined, Fault>,
  badNumber: Fault | undefined,
): void {
  refuseIn(hidden, suspects, undefined);
  refuseIn([root], suspects, badNumber);
}

function refuseIn(roots: readonly JsonValue[], suspects: ReadonlyMap<object | undefined, Fault>, badNumber: Fault | undefined): void {
  const rest = [...roots];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === 'number' && !Number.isFinite(value) && badNumber !== undefined) throw badNumber;
    if (typeof value !== 'object' || value === null) continue;
    const fault = suspects.get(value);
    if (fault !== undefined) throw fault;
    for (const item of Object.values(value)) rest.push(item);
  }
}

import { isInt } from '../value/numbers.ts';
import type { EstimatedCall, EstimatedCost, EstimatedNode } from './estimated-call.ts';
import { fixed, type Interval, MOST, ONE, plus, scaled, times, UNKNOWN, union } from './interval.ts';
import { LIST_CREATION, PATTERN, STRUCT_CREATION, TRAVERSAL } from './runtime-cost.ts';

// What the server estimates for the functions of its libraries, by their names (k8s.io/apiserver/pkg/cel/library/cost.go)
// and, for cel-go's extensions, by their overloads. Custom resource definitions stand or fall by these figures.

type Estimate = (call: EstimatedCall) => EstimatedCost | undefined;

const nominal: Estimate = () => ({ cost: ONE });
const check: Estimate = () => ({ cost: fixed(350_000) });

/** Going once through the first argument. */
const byArgument: Estimate = ({ args: [first] }) => first && { cost: scaled(first.size, TRAVERSAL) };

const sameSize: Estimate = ({ args: [first], target }) => {
  const node = target ?? first;
  return node && { cost: scaled(node.size, TRAVERSAL), resultSize: node.size };
};

const ofTarget: Estimate = (call) => (call.target === undefined ? undefined : sameSize(call));

const selector: Estimate = ({ args: [text] }) =>
  text && {
    cost: plus(fixed(LIST_CREATION), scaled(text.size, TRAVERSAL), scaled(scaled(text.size, 0.5), LIST_CREATION + STRUCT_CREATION)),
  };

const perItem: Estimate = ({ target }) => {
  if (target === undefined) return undefined;
  const { element, size } = target;
  // A target without items is a text.
  if (element === undefined) return { cost: scaled(size, TRAVERSAL) };
  const isText = element.type.kind === 'string' || element.type.kind === 'bytes';
  return { cost: times(size, isText ? plus(ONE, scaled(element.size, TRAVERSAL)) : ONE) };
};

const includes: Estimate = (call) =>
  call.target !== undefined && call.target.element === undefined ? { cost: times(call.target.size, ONE) } : perItem(call);

const replace: Estimate = ({ target, args: [old, replacement] }) => {
  if (target === undefined || old === undefined || replacement === undefined) return undefined;
  const { size } = target;
  const most = old.size.min === 0 ? size.max + 1 : replacement.size.max <= old.size.min ? 0 : Math.ceil(size.max / old.size.min);
  const least = old.size.max === 0 ? size.min + 1 : old.size.max <= replacement.size.min ? 0 : Math.ceil(size.min / old.size.max);
  const kept = {
    min: old.size.max === 0 || old.size.max <= replacement.size.min ? size.min : 0,
    max: old.size.min === 0 || replacement.size.max <= old.size.min ? size.max : 0,
  };
  return { cost: scaled(size, 2 * TRAVERSAL), resultSize: plus(times({ min: least, max: most }, replacement.size), kept) };
};

const split: Estimate = ({ target, args: [, limit] }) => {
  if (target === undefined) return undefined;
  const most = limit?.expr.kind === 'literal' && isInt(limit.expr.value) ? Number(limit.expr.value) : target.size.max;
  return { cost: scaled(target.size, 2 * TRAVERSAL), resultSize: { min: 0, max: most < 0 ? MOST : most } };
};

const join: Estimate = ({ target, args: [separator] }) => {
  if (target === undefined) return undefined;
  const items = target.element === undefined ? fixed(0) : times(target.size, target.element.size);
  const gaps = { min: Math.max(0, target.size.min - 1), max: Math.max(0, target.size.max - 1) };
  const size = separator === undefined ? items : plus(items, times(separator.size, gaps));
  return { cost: scaled(size, TRAVERSAL), resultSize: size };
};

const find: Estimate = ({ target, args: [pattern] }) =>
  target &&
  pattern && {
    cost: times(scaled(plus(target.size, ONE), TRAVERSAL), scaled(pattern.size, PATTERN)),
    resultSize: { min: 0, max: target.size.max },
  };

const ip: Estimate = (call) => (call.overload === 'cidr_ip' ? { cost: ONE } : byArgument(call));

const isCanonical: Estimate = ({ args: [text] }) => text && { cost: scaled(text.size, 2 * TRAVERSAL) };

/** Addresses have 4 or 16 bytes. */
const ADDRESS: Interval = { min: 4, max: 16 };

function contains(parsedBy: string, more: Interval): Estimate {
  return ({ overload, args: [other] }) => {
    if (other === undefined) return undefined;
    const compared = plus(scaled(plus(ADDRESS, ADDRESS), TRAVERSAL), more);
    return { cost: overload === parsedBy ? plus(compared, scaled(other.size, TRAVERSAL)) : compared };
  };
}

const LONGEST_FORMAT_PATTERN = 128;

const validate: Estimate = ({ args: [text] }) => text && { cost: scaled(scaled(text.size, TRAVERSAL), LONGEST_FORMAT_PATTERN * PATTERN) };

let byName: Readonly<Record<string, Estimate>> | undefined;

/** Made when a cost is first estimated. */
const estimatesByName = (): Readonly<Record<string, Estimate>> => ({
  check,
  ...named(nominal, 'serviceAccount path group resource subresource namespace name allowed reason error errored'),
  ...named(selector, 'fieldSelector labelSelector'),
  ...named(perItem, 'isSorted sum max min indexOf lastIndexOf'),
  includes,
  ...named(sameSize, 'url jsonpatch.escapeKey'),
  ...named(ofTarget, 'lowerAscii upperAscii substring trim'),
  replace,
  split,
  join,
  ...named(find, 'find findAll'),
  ...named(byArgument, 'cidr isIP isCIDR quantity isQuantity semver isSemver'),
  ip,
  'ip.isCanonical': isCanonical,
  ...named(
    nominal,
    'masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery',
  ),
  containsIP: contains('cidr_contains_ip_string', fixed(0)),
  containsCIDR: contains('cidr_contains_cidr_string', plus(scaled(ADDRESS, TRAVERSAL), ONE)),
  validate,
});

function named(estimate: Estimate, names: string): Record<string, Estimate> {
  return Object.fromEntries(names.split(' ').map((name) => [name, estimate]));
}

/** Building a list of so many items. */
function allocation(factor: number, size: Interval): EstimatedCost {
  return { cost: plus(scaled(size, factor), ONE, fixed(LIST_CREATION)), resultSize: size };
}

function sized(node: EstimatedNode | undefined, otherwise: number): number {
  if (node?.expr.kind !== 'literal' || !isInt(node.expr.value)) return otherwise;
  return Math.max(0, Number(node.expr.value));
}

/** Without a sign: less than nothing is very much. */
function difference(a: number, b: number): number {
  return a < b ? MOST : a - b;
}

const bySquare = (node: EstimatedNode | undefined, isText: boolean): EstimatedCost | undefined =>
  node && allocation(isText ? 2 + TRAVERSAL : 2, times(node.size, node.size));

const BY_OVERLOAD: Readonly<Record<string, Estimate>> = {
  list_slice: ({ target, args: [start, end] }) => target && allocation(1, fixed(difference(sized(end, target.size.max), sized(start, 0)))),
  list_flatten: ({ target }) => target && allocation(1, target.size),
  list_flatten_int: ({ target, args: [depth] }) => target && allocation(sized(depth, MOST), target.size),
  lists_range: ({ args: [size] }) => allocation(1, fixed(sized(size, MOST))),
  list_reverse: ({ target }) => target && allocation(1, target.size),
  list_distinct: ({ target }) => bySquare(target, false),
  list_sets_contains_list: sets(1),
  list_sets_intersects_list: sets(1),
  list_sets_equivalent_list: sets(2),
};

function sets(factor: number): Estimate {
  return ({ args: [left, right] }) => left && right && { cost: plus(scaled(times(left.size, right.size), factor), ONE) };
}

/** The estimate of a library's function; undefined where the standard one applies. */
export function libraryEstimate(name: string, call: EstimatedCall): EstimatedCost | undefined {
  const own = Object.hasOwn(BY_OVERLOAD, call.overload) ? BY_OVERLOAD[call.overload] : undefined;
  if (own !== undefined) return own(call);
  const sorting = /^list_(.+)_(sort|sortByAssociatedKeys)$/.exec(call.overload);
  if (sorting !== null) return bySquare(sorting[2] === 'sort' ? call.target : call.args[0], /^(?:string|bytes)$/.test(sorting[1] ?? ''));
  if (name === '_==_') return equality(call);
  byName ??= estimatesByName();
  return Object.hasOwn(byName, name) ? byName[name]?.(call) : undefined;
}

const CHEAP = /^(?:net\.IP|net\.CIDR|kubernetes\.(?:Quantity|Semver|authorization\..+))$/;
const LONGEST_FORMAT = 64;

function equality({ args: [left, right] }: EstimatedCall): EstimatedCost | undefined {
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [left.type, right.type];
  if ((a.kind !== 'opaque' && a.kind !== 'object') || a.kind !== b.kind || a.name !== b.name) return undefined;
  if (CHEAP.test(a.name)) return { cost: ONE };
  if (a.name === 'kubernetes.NamedFormat') return { cost: scaled({ min: 1, max: LONGEST_FORMAT }, TRAVERSAL) };
  if (a.name !== 'kubernetes.URL') return undefined;
  const isKnown = right.size.max < UNKNOWN.max;
  return { cost: scaled({ min: 1, max: isKnown ? union(right.size, right.size).max : 1 }, TRAVERSAL) };
}

import type { Services } from '../eval/context.ts';
import { duration, timestamp } from '../library/conversions.ts';
import { patternOf } from '../library/patterns.ts';
import { formatFault } from '../library/string-format.ts';
import type { Call, Expr, ListExpr, MapExpr } from '../syntax/ast.ts';
import { childrenOf } from '../syntax/children.ts';
import type { RawIssue } from '../syntax/issue.ts';
import { formatType } from '../types/format-type.ts';
import { isSameType } from '../types/same-type.ts';
import { type CelType, DYN, isOptional } from '../types/type.ts';
import { CelError } from '../value/cel-error.ts';
import type { Checked } from './checked.ts';

/** What the server looks for in an expression that checks: mixed lists and maps and, since 1.29, literals that are no duration, time or pattern. */
export function validate(checked: Checked, services: Services, looksAtLiterals: boolean, issues: RawIssue[]): void {
  visit(checked.expr, false);

  function visit(expr: Expr, mayMix: boolean): void {
    if (expr.kind === 'call' && looksAtLiterals) literal(expr);
    if (expr.kind === 'call' && looksAtLiterals) format(expr);
    if (expr.kind === 'list' && !mayMix) list(expr);
    if (expr.kind === 'map' && !mayMix) map(expr);
    // What is formatted may be of any types.
    const mayMixWithin = mayMix || (expr.kind === 'call' && expr.name === 'format');
    for (const child of childrenOf(expr)) visit(child, mayMixWithin);
  }

  function literal(expr: Call): void {
    const [arg] = expr.args;
    if (arg?.kind !== 'literal') return;
    const { name } = expr;
    const isWrong =
      (name === 'duration' && duration(arg.value) instanceof CelError) ||
      (name === 'timestamp' && timestamp(arg.value) instanceof CelError) ||
      (name === 'matches' && typeof arg.value === 'string' && isNoPattern(arg.value, services));
    if (isWrong) issues.push({ offset: arg.at, message: `invalid ${name} argument` });
  }

  /** A format that is known, with the values that it is filled with. */
  function format(expr: Call): void {
    const [list] = expr.args;
    if (expr.name !== 'format' || expr.target?.kind !== 'literal' || typeof expr.target.value !== 'string' || list?.kind !== 'list') return;
    const fault = formatFault(
      expr.target.value,
      list.items.map((item) => checked.types.get(item.id) ?? DYN),
    );
    if (fault === undefined) return;
    const argument = fault.argument === undefined ? undefined : list.items[fault.argument];
    issues.push({ offset: argument?.at ?? expr.at, message: fault.message });
  }

  function typeOf(expr: Expr, isUnwrapped: boolean): CelType {
    const type = checked.types.get(expr.id) ?? DYN;
    return isUnwrapped && isOptional(type) ? (type.parameters[0] ?? DYN) : type;
  }

  function isMixed(node: Expr, expected: CelType, actual: CelType): boolean {
    if (isSameType(expected, actual)) return false;
    issues.push({ offset: node.at, message: `expected type '${formatType(expected)}' but found '${formatType(actual)}'` });
    return true;
  }

  function list(expr: ListExpr): void {
    let first: CelType | undefined;
    for (const [index, item] of expr.items.entries()) {
      const type = typeOf(item, expr.optionals.has(index));
      first ??= type;
      if (isMixed(item, first, type)) return;
    }
  }

  function map(expr: MapExpr): void {
    const [first] = expr.entries;
    if (first === undefined) return;
    const [key, value] = [typeOf(first.key, false), typeOf(first.value, first.isOptional)];
    for (const entry of expr.entries) {
      isMixed(entry.key, key, typeOf(entry.key, false));
      isMixed(entry.value, value, typeOf(entry.value, entry.isOptional));
    }
  }
}

function isNoPattern(source: string, services: Services): boolean {
  const pattern = patternOf(source, services);
  return pattern instanceof CelError && pattern.class === 'runtime';
}

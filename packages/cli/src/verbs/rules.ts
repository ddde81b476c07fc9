import type { RuleInfo, RuleSet } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { createPainter } from '../painter.ts';
import { rulesInSight } from '../rules-in-sight.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue } from '../verb.ts';

/** Lists the rules, by pack. */
export async function runRules(given: Arguments, terminal: Terminal): Promise<number> {
  const all = [...(await rulesInSight(given)).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const patterns = given.operands;
  const rules =
    patterns.length === 0
      ? all
      : all.filter(({ id, aliases }) => [id, ...(aliases ?? [])].some((name) => patterns.some((pattern) => matches(pattern, name))));
  if (flagValue(given, 'format') === 'json') {
    terminal.out(`${JSON.stringify({ rules: rules.map(toListed) }, null, 2)}\n`);
    return 0;
  }
  if (rules.length === 0) {
    terminal.err(`plumbline: no rule matches ${patterns.map((pattern) => printable(JSON.stringify(pattern))).join(', ')}\n`);
    return 2;
  }
  const paint = createPainter(wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal));
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, severity, set, title }) =>
      `${paint.bold(id.padEnd(width))}  ${paint.severity(severity, severity.padEnd(7))}  ${set.padEnd(11)}  ${title}`,
  );
  const counts = countBy(rules);
  lines.push('', `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}: ${counts}; plumbline explain RULE says more of one`);
  terminal.out(`${lines.join('\n')}\n`);
  return 0;
}

function toListed(rule: RuleInfo): unknown {
  const { id, aliases, title, why, remedy, severity, class: kind, set, examples, link } = rule;
  return { id, aliases, title, why, remedy, severity, class: kind, set, examples, link };
}

function countBy(rules: readonly RuleInfo[]): string {
  const sets: readonly RuleSet[] = ['core', 'recommended', 'strict', 'optional'];
  return sets
    .map((set) => ({ set, count: rules.filter((rule) => rule.set === set).length }))
    .filter(({ count }) => count > 0)
    .map(({ set, count }) => `${count} ${set}`)
    .join(', ');
}

/** A rule id, the name of a pack, or a pattern with `*`. */
function matches(pattern: string, id: string): boolean {
  if (!pattern.includes('*')) return id === pattern || id.startsWith(`${pattern}/`);
  const [head = '', ...rest] = pattern.split('*');
  if (!id.startsWith(head)) return false;
  let at = head.length;
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? (id.endsWith(part) ? id.length - part.length : -1) : id.indexOf(part, at);
    if (found < at) return false;
    at = found + part.length;
  }
  return true;
}

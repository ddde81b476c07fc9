import { ConfigError, closest, type RuleInfo } from '@plumbline/core';
import { createPainter, type Painter } from '../painter.ts';
import { rulesInSight } from '../rules-in-sight.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue } from '../verb.ts';
import { explainFieldText } from './explain-field.ts';

/** Says what a rule is about, or a field. */
export async function runExplain(given: Arguments, terminal: Terminal): Promise<number> {
  const [word, ...others] = given.operands;
  if (word === undefined || others.length > 0)
    throw new ConfigError(
      'usage',
      'explain takes one rule or field: plumbline explain schema/unknown-field, plumbline explain deployment.spec',
    );
  const paint = createPainter(wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal));
  const rules = await rulesInSight(given);
  const rule = rules.get(word) ?? [...rules.values()].find(({ aliases }) => aliases?.includes(word));
  if (rule !== undefined) {
    terminal.out(ruleText(rule, paint));
    return 0;
  }
  const isRule = word.includes('/');
  const field = isRule ? {} : explainFieldText(word, paint);
  if (field.text !== undefined) {
    terminal.out(field.text);
    return 0;
  }
  const ids = [...rules.keys()];
  const near = field.near ?? closest(word, ids) ?? ids.find((id) => id.endsWith(`/${word}`));
  const hint = near === undefined ? 'plumbline rules lists the rules, plumbline explain pod the fields of a kind' : `did you mean ${near}?`;
  throw new ConfigError(isRule ? 'unknown-rule' : 'usage', `unknown ${isRule ? 'rule' : 'rule or field'} ${JSON.stringify(word)}; ${hint}`);
}

function ruleText(rule: RuleInfo, paint: Painter): string {
  const lines = [
    `${paint.bold(rule.id)}  ${paint.severity(rule.severity, rule.severity)}, ${rule.class}, in preset ${presetsOf(rule)}`,
    ...(rule.aliases === undefined || rule.aliases.length === 0 ? [] : [`also known as ${rule.aliases.join(', ')}`]),
    '',
    `What must hold   ${rule.title}`,
    `Why              ${rule.why}`,
    `What to do       ${rule.remedy}`,
  ];
  if (rule.link !== undefined) lines.push(`Read more        ${rule.link}`);
  if (rule.examples !== undefined)
    lines.push('', paint.bold('Fails'), indented(rule.examples.fail), '', paint.bold('Passes'), indented(rule.examples.pass));
  lines.push('', paint.bold('To accept it here'), `  # plumbline-ignore ${rule.id}: the reason`);
  // The severity of what a server decides is not for configuration to change.
  if (rule.class === 'policy' || rule.class === 'quality')
    lines.push('', paint.bold('To change it, in plumbline.yaml'), '  rules:', `    ${rule.id}: off`);
  return `${lines.join('\n')}\n`;
}

function presetsOf({ set }: RuleInfo): string {
  if (set === 'optional') return 'none (only by name)';
  return { core: 'core, recommended and strict', recommended: 'recommended and strict', strict: 'strict' }[set];
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

import { ConfigError, closest, type RuleInfo } from '@plumbline/core';
import { createPlumbline } from '../index.ts';
import { createPainter, type Painter } from '../painter.ts';
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
  const rules = createPlumbline().rules;
  const rule = rules.get(word) ?? [...rules.values()].find(({ aliases }) => aliases?.includes(word));
  if (rule !== undefined) {
    terminal.out(ruleText(rule, paint));
    return 0;
  }
  const field = word.includes('/') ? undefined : explainFieldText(word, flagValue(given, 'kubernetes-version'));
  if (field !== undefined) {
    terminal.out(field);
    return 0;
  }
  const ids = [...rules.keys()];
  const near = closest(word, ids) ?? ids.find((id) => id.endsWith(`/${word}`));
  const what = word.includes('/') ? 'rule' : 'rule or field';
  throw new ConfigError(
    word.includes('/') ? 'unknown-rule' : 'usage',
    `unknown ${what} ${JSON.stringify(word)}; ${near === undefined ? 'plumbline rules lists the rules' : `did you mean ${near}?`}`,
  );
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
  lines.push(
    '',
    paint.bold('To accept it here'),
    `  # plumbline-ignore ${rule.id}: the reason`,
    '',
    paint.bold('To change it, in plumbline.yaml'),
    '  rules:',
    `    ${rule.id}: off`,
  );
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

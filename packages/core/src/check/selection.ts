import type { Config, Preset, RuleSetting } from '../config/config.ts';
import { placeOfRule } from '../config/rule-places.ts';
import { addTo } from '../values/add-to.ts';
import { ConfigError } from '../values/errors.ts';
import { pathMatcher } from '../values/glob.ts';
import { type GroupVersionKind, kindKey } from '../values/gvk.ts';
import type { JsonObject } from '../values/json.ts';
import { closest } from '../values/similar.ts';
import { ENGINE_RULES } from './engine-rules.ts';
import type { FileRule, Pack, ResourceRule, Rule, RuleInfo, RuleSet, Severity } from './rule.ts';

/** A rule that was selected, with what configuration says of it for the files of one table. */
export interface ActiveRule<R extends Rule = Rule> {
  readonly rule: R;
  readonly options: JsonObject;
  /** Of the rule's own id and its members: those that are selected. */
  readonly speaks: ReadonlyMap<string, RuleInfo>;
  readonly scope: NonNullable<ResourceRule['scope']>;
  /** Whether configuration switches off a policy of the user's that it reports under. */
  isOff(id: string): boolean;
}

/** The rules for the files that the same overrides apply to. */
export interface RuleTable {
  /** The rules that match a kind, in order of the packs; found once per kind. */
  matching(gvk: GroupVersionKind): KindRules;
  readonly fileRules: readonly ActiveRule<FileRule>[];
  /** Those of scope `repository`. */
  readonly fileRulesAround: readonly ActiveRule<FileRule>[];
  /** The severity that configuration gives a rule, if any. */
  severityOf(ruleId: string): Severity | 'off' | undefined;
  /** Whether a rule speaks here, by preset or by name. */
  isOn(ruleId: string): boolean;
  readonly hasUnitRules: boolean;
}

export interface KindRules {
  readonly document: readonly ActiveRule<ResourceRule>[];
  /** Those of scopes `environments` and `repository` too. */
  readonly unit: readonly ActiveRule<ResourceRule>[];
}

/** All rules that exist, those that are selected, and the table for a path. */
export interface Selection {
  /** Every public rule by id: members, not passes; the engine's own too. */
  readonly infos: ReadonlyMap<string, RuleInfo>;
  /** The table of files that no override applies to. */
  readonly plain: RuleTable;
  tableFor(path: string): RuleTable;
  /** Whether some rule may look at other environments. */
  readonly looksAtEnvironments: boolean;
}

const RANK: Readonly<Record<RuleSet, number>> = { core: 0, recommended: 1, strict: 2, optional: 4 };
const REACH: Readonly<Record<Preset, number>> = { off: -1, core: 0, recommended: 1, strict: 2 };

/** Chooses the rules by preset and configuration. Throws a ConfigError `unknown-rule` or `config-invalid`. */
export function select(rules: readonly Rule[], config: Config): Selection {
  const infos = new Map<string, RuleInfo>();
  const aliases = new Map<string, string>();
  for (const info of Object.values<RuleInfo>(ENGINE_RULES)) infos.set(info.id, info);
  for (const rule of rules) {
    for (const info of rule.members ?? [rule]) {
      infos.set(info.id, info);
      for (const alias of info.aliases ?? []) aliases.set(alias, info.id);
    }
  }
  const prefixes = rules.flatMap((rule) => rule.prefixes ?? []);
  const named = (id: string): string => (infos.has(id) ? id : (aliases.get(id) ?? id));
  const base = settingsOf(config.rules ?? {}, infos, named, prefixes);
  const overrides = (config.overrides ?? []).map((override) => ({
    matches: pathMatcher(override.paths),
    settings: settingsOf(override.rules, infos, named, prefixes),
  }));
  const preset = config.preset ?? 'recommended';
  const tables = new Map<string, RuleTable>();
  const plain = createTable(rules, preset, base);
  const overridden = new Set(overrides.flatMap(({ settings }) => [...settings.keys()]));
  return {
    infos,
    plain,
    looksAtEnvironments: rules.some(
      (rule) => !('checkFile' in rule) && rule.scope === 'environments' && (plain.isOn(rule.id) || overridden.has(rule.id)),
    ),
    tableFor(path) {
      if (overrides.length === 0) return plain;
      let key = '';
      overrides.forEach((override, index) => {
        if (override.matches(path)) key += `${index},`;
      });
      if (key === '') return plain;
      let table = tables.get(key);
      if (table === undefined) {
        const settings = new Map(base);
        for (const index of key.split(',').slice(0, -1)) {
          for (const [id, setting] of overrides[Number(index)]?.settings ?? []) settings.set(id, { ...settings.get(id), ...setting });
        }
        table = createTable(rules, preset, settings);
        tables.set(key, table);
      }
      return table;
    },
  };
}

interface Setting {
  readonly severity?: Severity | 'off';
  readonly options?: JsonObject;
}

function settingsOf(
  written: Readonly<Record<string, RuleSetting>>,
  infos: ReadonlyMap<string, RuleInfo>,
  named: (id: string) => string,
  prefixes: readonly string[],
): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const [id, setting] of Object.entries(written)) {
    const info = infos.get(named(id));
    if (info === undefined && prefixes.some((prefix) => id.startsWith(prefix))) {
      settings.set(id, typeof setting === 'string' ? { severity: setting } : setting);
      continue;
    }
    if (info === undefined) throw new ConfigError('unknown-rule', `${placeOfRule(written, id)}${unknownRule(id, infos.keys())}`);
    const plain: Setting = typeof setting === 'string' ? { severity: setting } : setting;
    if (plain.severity !== undefined && isFixed(info)) {
      const what = plain.severity === 'off' ? 'cannot be switched off' : 'has a fixed severity';
      throw new ConfigError('config-invalid', `${placeOfRule(written, id)}rule "${id}" ${what}: ${FIXED_REASON[info.class] ?? ''}`);
    }
    settings.set(info.id, plain);
  }
  return settings;
}

const FIXED_REASON: Readonly<Record<string, string>> = {
  refusal: 'an API server refuses what it finds; accept single findings with a waiver that has a reason',
  broken: 'what it finds cannot be read; leave the file out with `exclude`, or accept single findings with a waiver that has a reason',
  'server-warning': 'an API server warns of what it finds; accept single findings with a waiver that has a reason',
};

function isFixed(info: RuleInfo): boolean {
  return info.class === 'refusal' || info.class === 'broken' || info.class === 'server-warning';
}

function createTable(rules: readonly Rule[], preset: Preset, settings: ReadonlyMap<string, Setting>): RuleTable {
  const reach = REACH[preset];
  const isOn = (info: RuleInfo): boolean => {
    const setting = settings.get(info.id);
    return setting === undefined ? RANK[info.set] <= reach : setting.severity !== 'off';
  };
  const isOff = (id: string): boolean => settings.get(id)?.severity === 'off';
  const exact = new Map<string, ActiveRule<ResourceRule>[]>();
  const fileRules: ActiveRule<FileRule>[] = [];
  const fileRulesAround: ActiveRule<FileRule>[] = [];
  const order = new Map<ActiveRule, number>();
  const spoken = new Set<string>();
  for (const info of Object.values<RuleInfo>(ENGINE_RULES)) if (isOn(info)) spoken.add(info.id);
  let hasUnitRules = false;
  for (const rule of rules) {
    const speaks = new Map<string, RuleInfo>();
    for (const info of rule.members ?? [rule]) if (isOn(info)) speaks.set(info.id, info);
    if (speaks.size === 0) continue;
    for (const id of speaks.keys()) spoken.add(id);
    // A pass that speaks for several rules takes the options of each under one roof.
    let options: JsonObject = NO_OPTIONS;
    for (const id of [rule.id, ...speaks.keys()]) {
      const own = settings.get(id)?.options;
      if (own !== undefined) options = { ...options, ...own };
    }
    if ('checkFile' in rule) {
      const scope = rule.scope ?? 'document';
      (scope === 'document' ? fileRules : fileRulesAround).push({ rule, options, speaks, scope, isOff });
      continue;
    }
    const active: ActiveRule<ResourceRule> = { rule, options, speaks, scope: rule.scope ?? 'document', isOff };
    if (active.scope !== 'document') hasUnitRules = true;
    order.set(active, order.size);
    for (const key of new Set(rule.kinds)) {
      addTo(exact, key, active);
    }
  }
  // By group and kind apart: joining them would make a text for each resource.
  const matched = new Map<string, Map<string, KindRules>>();
  const find = ({ group, version, kind }: GroupVersionKind): KindRules => {
    const list = new Set(exact.get(kindKey({ group, version, kind })));
    for (const active of exact.get(`${group}/*`) ?? []) list.add(active);
    // A pseudo kind has no version, and is no Kubernetes object.
    if (version !== '') for (const active of exact.get('*') ?? []) list.add(active);
    const sorted = [...list].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return {
      document: sorted.filter((active) => active.scope === 'document'),
      unit: sorted.filter((active) => active.scope !== 'document'),
    };
  };
  return {
    fileRules,
    fileRulesAround,
    hasUnitRules,
    severityOf: (ruleId) => settings.get(ruleId)?.severity,
    isOn: (ruleId) => spoken.has(ruleId),
    matching(gvk) {
      // An object without a version could only be a pseudo kind, so one entry a group and kind is enough.
      let kinds = matched.get(gvk.group);
      if (kinds === undefined) {
        kinds = new Map();
        matched.set(gvk.group, kinds);
      }
      let found = kinds.get(gvk.kind);
      if (found === undefined) {
        found = find(gvk);
        kinds.set(gvk.kind, found);
      }
      return found;
    },
  };
}

/** The options of a rule that nobody gave any. */
export const NO_OPTIONS: JsonObject = Object.freeze({});

/** The rules of the packs in order, each id once. */
export function rulesOf(schemaRules: readonly Rule[], packs: readonly Pack[]): Rule[] {
  const rules: Rule[] = [...schemaRules];
  for (const pack of packs) rules.push(...pack.rules);
  return rules;
}

function unknownRule(id: string, known: Iterable<string>): string {
  const near = closest(id, known);
  return `unknown rule "${id}" in the configuration${near === undefined ? '; `plumbline rules` lists them' : `, did you mean "${near}"?`}`;
}

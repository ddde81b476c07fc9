import { parse } from '../read/parse.ts';
import type { SourceFile } from '../read/source-file.ts';
import { ConfigError } from '../values/errors.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '../values/json.ts';
import type { Location } from '../values/range.ts';
import { rememberCelRule } from './cel-rule-places.ts';
import type { Config, DriftConfig, Waiver } from './config.ts';
import { CONFIG_SCHEMA } from './config-schema.ts';
import { rememberIgnoreRule } from './ignore-rule-places.ts';
import { rememberPlaces } from './rule-places.ts';
import { validate } from './validate.ts';
import { withoutPlaces } from './without-places.ts';

/** Reads plumbline.yaml. Throws a ConfigError `config-invalid` that names every problem with its file, line and column. */
export function parseConfig(file: SourceFile): Config {
  const documents = parse(file);
  const broken = documents.flatMap((document) => document.problems.filter((problem) => problem.level !== 'note'));
  if (broken.length > 0) {
    throw invalid(
      broken.map((problem) => ({ line: problem.range.line, column: problem.range.column, message: problem.message })),
      file,
    );
  }
  const filled = documents.filter((document) => document.value !== null);
  const document = filled[0];
  if (document === undefined) return {};
  const second = filled[1];
  if (second !== undefined) {
    throw invalid([{ line: second.range.line, column: second.range.column, message: 'a second document: the configuration is one' }], file);
  }
  const value = offAsText(document.value ?? null);
  const problems = validate(CONFIG_SCHEMA, value);
  const at = (path: FieldPath, part: 'key' | 'value'): Location => ({ file: file.path, ...document.rangeOf(path, part) });
  if (problems.length > 0 || !isObject(value)) {
    throw invalid(
      problems.map(({ path, part, message }) => ({ ...at(path, part), message })),
      file,
    );
  }
  return toConfig(value, at, () => new TextDecoder().decode(file.bytes));
}

/** Holds a configuration that was made in code against the schema of plumbline.yaml. Throws a ConfigError `config-invalid` with every problem. */
export function checkConfig(config: Config): void {
  // A member that is undefined is one that is not there.
  const plain: JsonValue = JSON.parse(JSON.stringify(withoutPlaces(config)));
  const problems = validate(CONFIG_SCHEMA, plain);
  if (problems.length > 0) throw new ConfigError('config-invalid', problems.map(({ message }) => message).join('\n'));
}

/** YAML 1.1 reads a bare `off` as a boolean; where a rule or a preset is switched off, the word is meant. */
function offAsText(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const rulesOf = (rules: JsonValue): JsonValue => {
    if (!isObject(rules)) return rules;
    const texts: Record<string, JsonValue> = {};
    for (const [id, setting] of Object.entries(rules)) {
      if (isObject(setting) && setting.severity === false) setMember(texts, id, { ...setting, severity: 'off' });
      else setMember(texts, id, setting === false ? 'off' : setting);
    }
    return texts;
  };
  const copy: Record<string, JsonValue> = { ...value };
  if (copy.preset === false) copy.preset = 'off';
  if (copy.rules !== undefined) copy.rules = rulesOf(copy.rules);
  if (isArray(copy.overrides)) {
    copy.overrides = copy.overrides.map((each) =>
      isObject(each) && each.rules !== undefined ? { ...each, rules: rulesOf(each.rules) } : each,
    );
  }
  return copy;
}

type Locate = (path: FieldPath, part: 'key' | 'value') => Location;

// The schema has just been found to hold, so members have the types of Config; only their form differs here and there.
function toConfig(value: JsonObject, at: Locate, source: () => string): Config {
  const given = value as unknown as Config & { extends?: string | readonly string[] };
  const waivers = given.waivers?.map((waiver, index): Waiver => ({ ...waiver, location: at(['waivers', index, 'rule'], 'key') }));
  for (const [index, rule] of (given.celRules ?? []).entries())
    rememberCelRule(rule, { source: source(), at: (key) => at(['celRules', index, key], 'value') });
  const rules = given.rules === undefined ? undefined : { ...given.rules };
  if (rules !== undefined) rememberPlaces(rules, (id) => at(['rules', id], 'key'));
  const overrides = given.overrides?.map((override, index) => {
    const own = { ...override.rules };
    rememberPlaces(own, (id) => at(['overrides', index, 'rules', id], 'key'));
    return { ...override, rules: own };
  });
  const drift = given.drift === undefined ? undefined : placedDrift(given.drift, at);
  return {
    ...given,
    ...(drift === undefined ? {} : { drift }),
    ...(rules === undefined ? {} : { rules }),
    ...(overrides === undefined ? {} : { overrides }),
    ...(waivers === undefined ? {} : { waivers }),
    ...(given.extends === undefined ? {} : { extends: typeof given.extends === 'string' ? [given.extends] : given.extends }),
  };
}

function placedDrift(drift: DriftConfig, at: Locate): DriftConfig {
  const ignore = drift.ignore?.map((rule, index) => {
    const placed = { ...rule, location: at(['drift', 'ignore', index], 'value') };
    rememberIgnoreRule(placed, (key, item) => at(['drift', 'ignore', index, key, item], 'value'));
    return placed;
  });
  return { ...drift, ...(ignore === undefined ? {} : { ignore }) };
}

function invalid(
  problems: readonly { readonly line: number; readonly column: number; readonly message: string }[],
  file: SourceFile,
): ConfigError {
  const lines = problems.map(({ line, column, message }) => `${file.path}:${line}:${column}: ${message}`);
  return new ConfigError('config-invalid', lines.join('\n'));
}

/** Whatever `extends` names, read by the caller; `from` is the path of the file that names it. */
export type ConfigLoader = (name: string, from: string) => SourceFile;

/** A configuration with all that it extends, the extended first. Throws as parseConfig does, and where files extend one another in a circle. */
export function loadConfig(file: SourceFile, load: ConfigLoader): Config {
  return loadFrom(file, load, []);
}

function loadFrom(file: SourceFile, load: ConfigLoader, open: readonly string[]): Config {
  if (open.includes(file.path)) {
    throw new ConfigError('config-invalid', `configurations extend one another in a circle: ${[...open, file.path].join(' → ')}`);
  }
  const { extends: names, ...own } = parseConfig(file);
  let config: Config = {};
  for (const name of names ?? []) config = mergeConfigs(config, loadFrom(load(name, file.path), load, [...open, file.path]));
  return mergeConfigs(config, own);
}

/** `over` added to `base`: its plain values and environments win, its rules win rule by rule, its lists follow. */
export function mergeConfigs(base: Config, over: Config): Config {
  const merged: Record<string, JsonValue | undefined> = { ...(base as unknown as JsonObject), ...(over as unknown as JsonObject) };
  for (const key of ['overrides', 'exclude', 'external', 'waivers', 'servedApis', 'schemaLocations', 'plugins', 'celRules'] as const) {
    const lists = [...(base[key] ?? []), ...(over[key] ?? [])];
    if (lists.length > 0) merged[key] = lists as unknown as JsonValue;
  }
  if (base.drift !== undefined && over.drift !== undefined) {
    const drift: Record<string, unknown> = {};
    for (const key of ['ignore', 'withoutBuiltInSets'] as const) {
      const lists = [...(base.drift[key] ?? []), ...(over.drift[key] ?? [])];
      if (lists.length > 0) drift[key] = lists;
    }
    merged.drift = drift as JsonObject; // as the members above
  }
  if (base.rules !== undefined && over.rules !== undefined) {
    const rules = { ...base.rules, ...over.rules };
    rememberPlaces(rules, base.rules, over.rules);
    merged.rules = rules as unknown as JsonValue;
  }
  // The same members as both, so still a Config.
  return merged as unknown as Config;
}

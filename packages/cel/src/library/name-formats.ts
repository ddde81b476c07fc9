// What the server says of names. Texts count in bytes.

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const VALUE = `(${NAME})?`;

function hasForm(text: string, form: string): boolean {
  return new RegExp(`^(?:${form})$`).test(text);
}

function tooLong(text: string, most: number, unit = 'characters'): readonly string[] {
  return new TextEncoder().encode(text).length > most ? [`must be no more than ${most} ${unit}`] : [];
}

function wrongForm(rule: string, form: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${shown}regex used for validation is '${form}')`;
}

export function dns1123Label(text: string): readonly string[] {
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  const faults = tooLong(text, 63);
  if (hasForm(text, LABEL)) return faults;
  return [...faults, hasForm(text, SUBDOMAIN) ? 'must not contain dots' : wrongForm(rule, LABEL, 'my-name', '123-abc')];
}

export function dns1123Subdomain(text: string): readonly string[] {
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return [...tooLong(text, 253), ...(hasForm(text, SUBDOMAIN) ? [] : [wrongForm(rule, SUBDOMAIN, 'example.com')])];
}

export function dns1035Label(text: string): readonly string[] {
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...tooLong(text, 63), ...(hasForm(text, LABEL_1035) ? [] : [wrongForm(rule, LABEL_1035, 'my-name', 'abc-123')])];
}

const NAME_RULE = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

export function qualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  const wrong = wrongForm(NAME_RULE, NAME, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) return [`a valid label key ${wrong} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = parts.at(-1) ?? '';
  const faults: string[] = [];
  const [prefix] = parts;
  if (parts.length === 2 && prefix !== undefined) {
    if (prefix === '') faults.push('prefix part must be non-empty');
    else faults.push(...dns1123Subdomain(prefix).map((each) => `prefix part ${each}`));
  }
  if (name === '') faults.push('name part must be non-empty');
  else faults.push(...tooLong(name, 63, 'bytes').map((each) => `name part ${each}`));
  if (!hasForm(name, NAME)) faults.push(`name part ${wrong}`);
  return faults;
}

export function labelValue(text: string): readonly string[] {
  const rule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...tooLong(text, 63, 'bytes'), ...(hasForm(text, VALUE) ? [] : [wrongForm(rule, VALUE, 'MyValue', 'my_value', '12345')])];
}

// Names, label keys and label values as k8s.io/apimachinery/pkg/util/validation judges them. Each gives what is wrong, or undefined.

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const RFC1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

export type NameForm = 'subdomain' | 'label' | 'rfc1035' | 'path';

export function nameFault(name: string, form: NameForm, longest?: number): string | undefined {
  const most = longest ?? (form === 'path' ? Number.POSITIVE_INFINITY : form === 'subdomain' ? 253 : 63);
  if (name.length > most) return `is longer than ${most} characters`;
  switch (form) {
    case 'subdomain':
      return SUBDOMAIN.test(name)
        ? undefined
        : 'may have only lower case letters, digits, "-" and ".", and starts and ends with a letter or digit';
    case 'label':
      return LABEL.test(name) ? undefined : 'may have only lower case letters, digits and "-", and starts and ends with a letter or digit';
    case 'rfc1035':
      return RFC1035.test(name)
        ? undefined
        : 'may have only lower case letters, digits and "-", starts with a letter and ends with a letter or digit';
    default:
      if (name === '.' || name === '..') return 'may not be "." or ".."';
      return /[/%]/.test(name) ? 'may not have "/" or "%"' : undefined;
  }
}

/** A key of labels or annotations: a name, with a DNS subdomain and `/` before it if it has a prefix. */
export function keyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const name = slash < 0 ? key : key.slice(slash + 1);
  if (slash >= 0) {
    const prefix = key.slice(0, slash);
    if (prefix === '' || prefix.length > 253 || !SUBDOMAIN.test(prefix)) return 'has a prefix that is no DNS subdomain';
    if (name.includes('/')) return 'has more than one "/"';
  }
  if (name === '') return slash < 0 ? 'is empty' : 'has no name after the "/"';
  if (name.length > 63) return 'has a name longer than 63 characters';
  return QUALIFIED.test(name) ? undefined : 'may have only letters, digits, "-", "_" and ".", and starts and ends with a letter or digit';
}

export function labelValueFault(value: string): string | undefined {
  if (value === '') return undefined;
  if (value.length > 63) return 'is longer than 63 characters';
  return QUALIFIED.test(value) ? undefined : 'may have only letters, digits, "-", "_" and ".", and starts and ends with a letter or digit';
}

// The same few keys and values come thousands of times.
const goodKeys = new Set<string>();
const goodValues = new Set<string>();
const LIMIT = 20_000;

export function isGoodLabel(key: string, value: string): boolean {
  if (goodKeys.has(key) && (value === '' || goodValues.has(value))) return true;
  if (keyFault(key) !== undefined || labelValueFault(value) !== undefined) return false;
  remember(goodKeys, key);
  if (value !== '') remember(goodValues, value);
  return true;
}

export function isGoodAnnotation(key: string): boolean {
  const lower = key.toLowerCase();
  if (goodKeys.has(lower)) return true;
  if (keyFault(lower) !== undefined) return false;
  remember(goodKeys, lower);
  return true;
}

function remember(good: Set<string>, text: string): void {
  if (good.size > LIMIT) good.clear();
  good.add(text);
}

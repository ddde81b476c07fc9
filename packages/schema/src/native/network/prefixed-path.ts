import { nameFault } from '../../names.ts';

const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** What is wrong with a path that has a domain before it: IsDomainPrefixedPath. */
export function prefixedPathFault(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) return 'is no path with a domain before it, such as "example.com/name"';
  const fault = nameFault(text.slice(0, slash), 'subdomain');
  if (fault !== undefined) return `has a domain that ${fault}`;
  return PATH.test(text.slice(slash + 1)) ? undefined : 'has characters that no path of a URL has';
}

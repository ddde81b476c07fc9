import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';

const LONGEST_SPEC = 64 * 1024;
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u;
const DOMAIN = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const FORBIDDEN = /["/\\:;|=,+*?<>@[\]]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the server refuses.
const CONTROL = /[\x00-\x1f\x7f]/;

/** windowsOptions of a pod's or a container's securityContext: validateWindowsSecurityContextOptions. `at`: of the options. */
export function checkWindowsOptions(options: JsonObject, at: Place, judgement: Judgement): void {
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (typeof gmsaCredentialSpecName === 'string') {
    const fault = nameFault(gmsaCredentialSpecName, 'subdomain');
    if (fault !== undefined)
      invalid(
        judgement,
        at.in('gmsaCredentialSpecName'),
        gmsaCredentialSpecName,
        `gmsaCredentialSpecName ${quote(gmsaCredentialSpecName)} ${fault}`,
      );
  }
  if (typeof gmsaCredentialSpec === 'string') {
    if (gmsaCredentialSpec === '') invalid(judgement, at.in('gmsaCredentialSpec'), '', 'gmsaCredentialSpec is empty');
    else if (byteLength(gmsaCredentialSpec) > LONGEST_SPEC)
      invalid(judgement, at.in('gmsaCredentialSpec'), gmsaCredentialSpec, 'gmsaCredentialSpec is larger than 64 KiB');
  }
  const fault = typeof runAsUserName === 'string' ? userFault(runAsUserName) : undefined;
  if (fault !== undefined) invalid(judgement, at.in('runAsUserName'), runAsUserName, `runAsUserName ${quote(runAsUserName)} ${fault}`);
}

/** A user of Windows, `DOMAIN\USER` or `USER`. */
function userFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (CONTROL.test(name)) return 'has control characters';
  const parts = name.split('\\');
  if (parts.length > 2) return 'has more than one backslash';
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? parts[0] : undefined;
  if (domain !== undefined) {
    if (byteLength(domain) >= 256) return 'has a domain of 256 characters or more';
    if (!NETBIOS.test(domain) && !DOMAIN.test(domain)) return 'has a domain that is neither a NetBIOS nor a DNS name';
  }
  if (user === '') return 'has no user';
  if (byteLength(user) > 104) return 'has a user of more than 104 characters';
  if (/^[. ]+$/.test(user)) return 'has a user of dots and spaces only';
  return FORBIDDEN.test(user) ? 'has one of " / \\ : ; | = , + * ? < > @ [ ] in the user' : undefined;
}

import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkThere } from '../forms.ts';
import { duplicate, invalid, type Judgement, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { checkSignerName } from '../pod/signer-name.ts';
import { numberIn, objectIn, textIn } from '../values.ts';
import { bytesOfBase64, pemBlocks } from './pem.ts';
import { textsIn } from './texts.ts';
import { isAuthority, isCertificateRequest } from './x509.ts';

const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
] as const;
const LEGACY = 'kubernetes.io/legacy-unknown';
const LARGEST_BUNDLE = 1024 * 1024;

/** validateCertificateSigningRequest, but for the signature of the request and what it is about. */
export function checkSigningRequest(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkThere(spec, 'request', at, judgement, 'request is missing');
  const request = textIn(spec, 'request');
  if (request !== '') checkRequest(request, at.in('request'), judgement);
  checkThere(spec, 'usages', at, judgement, 'usages is missing');
  const seen = new Set<string>();
  for (const [usage, index] of textsIn(spec, 'usages')) {
    const place = at.in('usages').in(index);
    if (!USAGES.some((one) => one === usage)) unsupported(judgement, place, usage, USAGES, 'the usage');
    if (seen.has(usage)) duplicate(judgement, place, usage, `${quote(usage)} is there twice`);
    seen.add(usage);
  }
  if (spec.signerName === LEGACY) invalid(judgement, at.in('signerName'), LEGACY, `signerName ${quote(LEGACY)} went with v1beta1`);
  else checkSignerName(spec, 'signerName', at, judgement);
  const seconds = numberIn(spec, 'expirationSeconds');
  if (seconds !== undefined && seconds < 600)
    invalid(judgement, at.in('expirationSeconds'), seconds, `expirationSeconds ${seconds} is less than 600, ten minutes`);
}

function checkRequest(request: string, place: Place, judgement: Judgement): void {
  const bytes = bytesOfBase64(request.replace(/[\r\n]/g, ''));
  if (bytes === undefined) return;
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const [block] = pemBlocks(text);
  if (block?.type !== 'CERTIFICATE REQUEST') invalid(judgement, place, request, 'request is no PEM block of type CERTIFICATE REQUEST');
  else if (!isCertificateRequest(block.bytes)) invalid(judgement, place, request, 'request is no PKCS #10 request for a certificate');
}

/** ValidateClusterTrustBundle; of a certificate only its outline and the CA bit are looked at. */
export function checkTrustBundle(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  if (textIn(spec, 'signerName') !== '') checkSignerName(spec, 'signerName', at, judgement);
  checkBundleName(object, textIn(spec, 'signerName'), judgement);
  const bundle = textIn(spec, 'trustBundle');
  const fault = bundleFault(bundle);
  if (fault === undefined) return;
  if (bundle === '') checkThere(spec, 'trustBundle', at, judgement, 'trustBundle is missing');
  else invalid(judgement, at.in('trustBundle'), bundle, `trustBundle ${fault}`);
}

function checkBundleName(object: JsonObject, signer: string, judgement: Judgement): void {
  const metadata = objectIn(object, 'metadata');
  const prefix = signer === '' ? '' : `${signer.replaceAll('/', ':')}:`;
  for (const key of ['name', 'generateName']) {
    const name = textIn(metadata, key);
    if (name === '') continue;
    const place = ROOT.in('metadata').in(key);
    const own = name.slice(prefix.length).replace(key === 'name' ? /$^/ : /[\s\S]-$/, 'a');
    const fault = name.startsWith(prefix) ? nameFault(own, 'subdomain') : undefined;
    if (!name.startsWith(prefix))
      invalid(judgement, place, name, `${key} ${quote(name)} does not begin with the signer, ${quote(prefix)}`, 'meta/name-invalid');
    else if (fault !== undefined) invalid(judgement, place, name, `${key} ${quote(name)} ${fault}`, 'meta/name-invalid');
  }
}

function bundleFault(text: string): string | undefined {
  if (byteLength(text) > LARGEST_BUNDLE) return 'is larger than 1 MiB';
  const seen = new Set<string>();
  const blocks = pemBlocks(text);
  for (const [index, { type, hasHeaders, bytes }] of blocks.entries()) {
    if (type !== 'CERTIFICATE') return `has a block of type ${type}`;
    if (hasHeaders) return `has headers in its block ${index}`;
    const canSign = isAuthority(bytes);
    if (canSign === undefined) return `has a block ${index} that is no certificate`;
    if (!canSign) return `has a certificate ${index} that is none of an authority`;
    const key = bytes.join();
    if (seen.has(key)) return `has the certificate ${index} twice`;
    seen.add(key);
  }
  return blocks.length === 0 ? 'has no certificate' : undefined;
}

import { isObject, type JsonValue, type Resource, stringify } from '@plumbline/core';
import { byteLength } from './scalar.ts';
import { advise, refuse, type Verdict } from './verdict.ts';

const ANNOTATIONS = 256 * 1024;
const DATA = 1024 * 1024;
/** The most etcd takes in one request, and the most the server reads. */
const ETCD = 1.5 * 1024 * 1024;
const REQUEST = 3 * 1024 * 1024;

/** Whether the text is so long that sizes need a look at all; nothing smaller can be too long. */
export function mayBeTooLong(resource: Resource): boolean {
  return resource.document.text.length >= ANNOTATIONS / 3;
}

/** Bounds on bytes: annotations, the data of ConfigMaps and Secrets, the whole object. */
export function judgeSizes(resource: Resource, verdict: Verdict): void {
  const { object, gvk } = resource;
  const annotations = isObject(object.metadata) ? object.metadata.annotations : undefined;
  if (isObject(annotations)) {
    let bytes = 0;
    for (const key in annotations) bytes += byteLength(key) + textBytes(annotations[key]);
    if (bytes > ANNOTATIONS)
      refuse(verdict, 'schema/string-too-long', ['metadata', 'annotations'], `annotations have ${bytes} bytes, more than ${ANNOTATIONS}`, {
        part: 'key',
      });
  }
  if (gvk.group === '' && (gvk.kind === 'ConfigMap' || gvk.kind === 'Secret')) {
    const bytes = dataBytes(object.data, gvk.kind === 'Secret') + dataBytes(object.binaryData, true) + dataBytes(object.stringData, false);
    if (bytes > DATA) refuse(verdict, 'schema/string-too-long', ['data'], `data has ${bytes} bytes, more than ${DATA}`, { part: 'key' });
  }
  if (resource.document.text.length < ETCD / 3) return;
  const bytes = byteLength(stringify(object));
  if (bytes > REQUEST)
    refuse(verdict, 'schema/string-too-long', [], `the object has ${bytes} bytes as JSON, more than the ${REQUEST} that the server reads`);
  else if (bytes > ETCD)
    advise(verdict, 'schema/string-too-long', [], `the object has ${bytes} bytes as JSON; etcd takes ${ETCD} in one request`);
}

function textBytes(value: JsonValue | undefined): number {
  return typeof value === 'string' ? byteLength(value) : 0;
}

function dataBytes(data: JsonValue | undefined, isBase64: boolean): number {
  if (!isObject(data)) return 0;
  let bytes = 0;
  for (const key in data) {
    const value = data[key];
    if (typeof value !== 'string') continue;
    bytes += isBase64 ? Math.floor((value.replace(/[\r\n=]/g, '').length * 3) / 4) : byteLength(value);
  }
  return bytes;
}

/** A field's place: member names and 0-based list indexes from the root of the object; `[]` is the root. */
export type FieldPath = readonly (string | number)[];

/** RFC 6901 text (`/spec/containers/0/image`); `''` for the root. */
export function toPointer(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The text people read: `spec.containers[0].image`, `metadata.annotations["a.b/c"]`; `''` for the root. */
export function toDotted(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

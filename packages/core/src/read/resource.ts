import type { Unit } from '../classify/unit.ts';
import type { Place, Renamed } from '../expand/expander.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { GroupVersionKind } from '../values/gvk.ts';
import type { JsonObject } from '../values/json.ts';
import type { Document } from './document.ts';

/**
 * An object, its identity and where it was written. Also a document that is no Kubernetes object, under a pseudo
 * kind (`github/Workflow`), its name the file's path.
 */
export interface Resource {
  readonly gvk: GroupVersionKind;
  readonly namespace: string | undefined;
  /** metadata.name, else metadata.generateName, else ''. */
  readonly name: string;
  readonly object: JsonObject;
  readonly document: Document;
  /** Where in the document the object stands: `[]`, or `['items', 3]` for an item of a List. */
  readonly root: FieldPath;
  readonly unit: Unit;
  /** Written by SOPS: `object` is without the `sops` member, its values (`ENC[…]`) are not to be judged. */
  readonly encrypted?: true | undefined;
  /** Of a built object: the text that set a field. `document` then has no text. */
  readonly locate?: (path: FieldPath, part?: 'key' | 'value') => Place;
  /** Of a built object: the document in which the field stands at the same path; undefined where a build moved or made it. */
  readonly writtenIn?: (path: FieldPath) => Document | undefined;
  /** Of a built object: what its build gave another name, itself among them. */
  readonly renamed?: readonly Renamed[];
}

import { isEqual, type JsonValue } from '@plumbline/core';
import { type CelType, DYN } from '../types/type.ts';
import { toJson } from './to-json.ts';
import { Boxed, type Value } from './value.ts';

/** JSON that a schema keeps without knowing it: it can be compared, and nothing else. */
export class Preserved extends Boxed {
  readonly json: JsonValue;

  constructor(json: JsonValue) {
    super();
    this.json = json;
  }

  typeOf(): CelType {
    return DYN;
  }

  equals(other: Value): boolean {
    const json = other instanceof Preserved ? other.json : toJson(other);
    return json !== undefined && isEqual(this.json, json);
  }
}

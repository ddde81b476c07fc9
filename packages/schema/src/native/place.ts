import type { FieldPath } from '@plumbline/core';

/** Where a check stands in an object: a path that becomes a list only when something is to be said. */
export class Place {
  readonly #up: Place | undefined;
  readonly #key: string | number;

  constructor(up: Place | undefined, key: string | number) {
    this.#up = up;
    this.#key = key;
  }

  in(key: string | number): Place {
    return new Place(this, key);
  }

  path(): FieldPath {
    const path: (string | number)[] = [];
    for (let at: Place = this; at.#up !== undefined; at = at.#up) path.push(at.#key);
    return path.reverse();
  }
}

/** The object itself. */
export const ROOT = new Place(undefined, '');

import type { FieldPath, Origin, Range } from '@plumbline/core';

export type Role = Origin['role'];

/** Where something was written: a stretch of a file, and what the file is to the build. The range is worked out when it is asked for. */
export interface Mark {
  readonly file: string;
  readonly role: Role;
  range(): Range;
}

/** Who wrote a value, the last writer first. */
export interface History {
  readonly mark: Mark;
  readonly before: History | undefined;
}

/** A file or a part of one whose fields can be found in its text. */
export interface Place {
  readonly file: string;
  /** Where not all fields stand in `file` (of an object that was built): the file of one. */
  fileOf?(path: FieldPath): string;
  rangeOf(path: FieldPath, part: 'key' | 'value'): Range;
}

/** A field of a kustomization, or of another file that configures the build. */
export class FieldMark implements Mark {
  readonly role: Role;
  private readonly place: Place;
  private readonly path: FieldPath;
  private readonly part: 'key' | 'value';

  constructor(place: Place, path: FieldPath, role: Role, part: 'key' | 'value' = 'value') {
    this.place = place;
    this.path = path;
    this.role = role;
    this.part = part;
  }

  get file(): string {
    return this.place.fileOf?.(this.path) ?? this.place.file;
  }

  range(): Range {
    return this.place.rangeOf(this.path, this.part);
  }
}

/** A fixed stretch: a line of a file of variables, or a file as a whole. */
export class LineMark implements Mark {
  readonly file: string;
  readonly role: Role;
  private readonly line: number;
  private readonly length: number;

  /** `line` is 1-based. */
  constructor(file: string, role: Role, line = 1, length = 0) {
    this.file = file;
    this.role = role;
    this.line = line;
    this.length = length;
  }

  range(): Range {
    return { line: this.line, column: 1, endLine: this.line, endColumn: this.length + 1 };
  }
}

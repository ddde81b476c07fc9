import type { ReadProblem } from '../read/document.ts';

/** A refusal by the reader: what is wrong and where, as offsets in the text being read. Never leaves this folder. */
export class Fault extends Error {
  readonly code: ReadProblem['code'];
  readonly start: number;
  readonly end: number;

  constructor(code: ReadProblem['code'], message: string, start: number, end: number = start + 1) {
    super(message);
    this.code = code;
    this.start = start;
    this.end = end;
  }
}

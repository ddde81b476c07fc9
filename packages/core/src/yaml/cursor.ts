import { CR, isBreak, LF } from './characters.ts';

/** A place in the text with what block structure depends on: its column (0-based) and its line. */
export interface Mark {
  readonly index: number;
  readonly column: number;
  readonly line: number;
}

/** A reading position in a text; `code` past the end is 0 (a text holds no NUL). */
export class Cursor {
  readonly text: string;
  index = 0;
  line = 0;
  lineStart = 0;

  constructor(text: string) {
    this.text = text;
  }

  get column(): number {
    return this.index - this.lineStart;
  }

  code(ahead = 0): number {
    const at = this.index + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : 0;
  }

  skip(): void {
    this.index++;
  }

  /** Passes one line break (CR LF is one) and gives its text as YAML keeps it: LS and PS as they are, others as LF; '' where there is none. */
  readBreak(): string {
    const code = this.code();
    if (!isBreak(code)) return '';
    this.index += code === CR && this.code(1) === LF ? 2 : 1;
    this.line++;
    this.lineStart = this.index;
    return code >= 0x2028 ? String.fromCharCode(code) : '\n';
  }

  mark(): Mark {
    return { index: this.index, column: this.index - this.lineStart, line: this.line };
  }

  /** Whether a `---` or `...` line begins here. */
  atDocumentIndicator(): boolean {
    if (this.index !== this.lineStart) return false;
    const code = this.code();
    if ((code !== 45 && code !== 46) || this.code(1) !== code || this.code(2) !== code) return false;
    const after = this.code(3);
    return after === 0 || after === 32 || after === 9 || isBreak(after);
  }
}

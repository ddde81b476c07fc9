import { isMap, isScalar, isSeq, LineCounter, type Pair, parseAllDocuments } from 'yaml';
import type { Document } from './document.ts';
import type { FieldPath } from './field-path.ts';
import type { JsonValue } from './json.ts';
import type { Range } from './range.ts';
import type { SourceFile } from './source-file.ts';

// INTERIM reader on the `yaml` library, to be replaced by packages/core/src/yaml (issue 3, part 2).

/** Reads a file as Kubernetes reads YAML. Never throws: what is wrong is in the documents' `problems`. */
export function parse(file: SourceFile): Document[] {
  const text = new TextDecoder().decode(file.bytes);
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.1', schema: 'yaml-1.1', uniqueKeys: false });
  const toRange = (start: number, end: number): Range => {
    const from = lines.linePos(start);
    const to = lines.linePos(end);
    return { line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
  return (Array.isArray(documents) ? documents : []).map((document, index) => {
    const whole = toRange(document.range[0], document.range[1]);
    const problems = document.errors.map((error) => ({
      code: 'syntax' as const,
      level: 'fatal' as const,
      message: error.message.split('\n')[0] ?? '',
      range: toRange(error.pos[0], error.pos[1]),
    }));
    const rangeOf = (path: FieldPath, part: 'key' | 'value' = 'value'): Range => {
      let at: unknown = document.contents;
      let key: { range?: [number, number, number] | null } | undefined;
      for (const step of path) {
        let next: unknown;
        let nextKey: unknown;
        if (isMap(at)) {
          const pair = at.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(step));
          next = pair?.value;
          nextKey = pair?.key;
        } else if (isSeq(at)) {
          next = at.items[Number(step)];
          nextKey = next;
        }
        if (nextKey === undefined || nextKey === null) return key?.range ? toRange(key.range[0], key.range[1]) : whole;
        at = next;
        key = nextKey as typeof key;
      }
      const node = (part === 'key' ? key : (at ?? key)) as typeof key;
      return node?.range ? toRange(node.range[0], node.range[1]) : whole;
    };
    const value = problems.length > 0 ? undefined : (document.toJS({ maxAliasCount: 1000 }) as JsonValue);
    return { file, index, value, problems, range: whole, text: text.slice(document.range[0], document.range[2]), rangeOf };
  });
}

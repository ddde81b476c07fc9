// The globals of every JavaScript runtime that core uses; the rest (files, network, console) stays out of its reach.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array;
}
// Only to let others run between chunks of a check that may be aborted; core measures no time.
declare function setTimeout(callback: () => void, delay: number): unknown;

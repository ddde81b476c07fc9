// What Node.js, browsers and Deno all have; no more of any of them is used here.
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

import { compose, type YamlNode } from './compose.ts';
import { Fault } from './fault.ts';

/** The nodes of the first document of a text (undefined where it holds none), or why it has none; offsets are of the text. */
export type TreeResult = { readonly root: YamlNode | undefined } | { readonly error: string; readonly start: number; readonly end: number };

/** Reads a text to nodes by go-yaml's grammar, for who gives scalars another meaning than Kubernetes does (kustomize). Never throws. */
export function readTree(text: string): TreeResult {
  try {
    return { root: compose(text).root };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { error: error.message, start: error.start, end: error.end };
  }
}

import type { Expander } from '@plumbline/core';
import { findHelm, helmExpander } from '@plumbline/sources';
import { type Arguments, has } from './verb.ts';

/** Renders charts with the Helm that is installed, unless the user says not to. */
export function chartsOf(given: Arguments): (remembering: (expander: Expander) => Expander) => Expander {
  return (remembering) =>
    has(given, 'no-helm')
      ? helmExpander({ find: () => undefined, why: 'charts are not rendered with --no-helm' })
      : helmExpander({ find: () => findHelm(process.env), remembering });
}

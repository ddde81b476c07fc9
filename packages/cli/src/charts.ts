import type { Expander } from '@plumbline/core';
import { findHelm, helmExpander } from '@plumbline/sources';
import { type Arguments, has } from './verb.ts';

/** Renders charts with the Helm that is installed, unless the user says not to. */
export function chartsOf(given: Arguments): (remembering: (expander: Expander) => Expander) => Expander {
  return (remembering) => {
    let expander: Expander | undefined;
    // Made, and its code loaded, for the first chart.
    const make = (): Expander =>
      has(given, 'no-helm')
        ? helmExpander({ find: () => undefined, why: 'charts are not rendered with --no-helm' })
        : helmExpander({ find: () => findHelm(process.env), remembering });
    return {
      build(request, inputs) {
        expander ??= make();
        return expander.build(request, inputs);
      },
    };
  };
}

import { bundledTypes, inOrder, type MoreSchemas } from '@plumbline/schema';
import { openCrdData } from '@plumbline/schemas-crds';
import { crdDataDirectory } from '../data-directory.ts';

/** What users bring, and after it the types of popular projects that come with the command. */
export function withBundled(brought: (() => MoreSchemas | undefined) | undefined): () => MoreSchemas {
  const all = inOrder([{ schemaOf: (gvk, version) => brought?.()?.schemaOf(gvk, version) }, bundledTypes(openCrdData(crdDataDirectory()))]);
  return () => all;
}

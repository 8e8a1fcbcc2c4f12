/** Imports workflows of other systems. One line per format. */
import { importAsl } from './asl/import-asl.ts';
import type { Imported, Importer, ImportOptions } from './imported.ts';
import { importOws } from './ows/import-ows.ts';
import { importN8n } from './n8n/import-n8n.ts';

/** Formats by name. */
export const importers = { n8n: importN8n, asl: importAsl, ows: importOws } as const satisfies Record<
  string,
  Importer
>;

/** A format that can be imported. */
export type ImportFormat = keyof typeof importers;

/** Imports a source that was read from JSON or YAML; `undefined` when it is none of the format. */
export function importWorkflow(
  format: ImportFormat,
  source: unknown,
  options: ImportOptions = {},
): Imported | undefined {
  return importers[format](source, options);
}

import type { ReportEntry } from '../../../src/import/report.ts';
import type { WorkflowFile } from './examples.ts';

/** A workflow that a file holds. */
export interface ReadWorkflow extends WorkflowFile {
  /** What does not carry over from another system; absent for a file of Hookloom's own. */
  report?: readonly ReportEntry[];
}

/**
 * Reads a workflow out of a file of JSON or YAML: `{ name, definition, … }`, a definition alone, which is called as the
 * file, or a workflow of another system.
 * @throws Error that says what was expected, in words for people
 */
export async function readWorkflowFile(file: File): Promise<ReadWorkflow> {
  const content = await parse(await file.text());
  if (!isObject(content)) throw new Error(`${file.name}: expected an object with a name and a definition.`);
  if (isObject(content['nodes'])) return { name: nameOf(file), definition: content };
  const { $schema: _, ...workflow } = content;
  if ('definition' in workflow) return { name: nameOf(file), ...workflow } as WorkflowFile;
  const imported = await importOther(content);
  if (!imported)
    throw new Error(
      `${file.name}: expected a \`definition\`, an object of \`nodes\`, or a workflow of n8n, the Amazon States Language or the Open Workflow Specification.`,
    );
  return { ...imported, name: imported.name || nameOf(file) };
}

/** Reads a workflow of another system, by what its files always have. */
async function importOther(content: Record<string, unknown>): Promise<ReadWorkflow | undefined> {
  const marks = { n8n: 'nodes', asl: 'States', ows: 'do' } as const;
  const { importWorkflow } = await import('../../../src/import/import-workflow.ts');
  for (const [format, mark] of Object.entries(marks)) {
    const imported = mark in content ? importWorkflow(format as keyof typeof marks, content) : undefined;
    if (imported) return imported;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function parse(text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new Error(error.message);
  return document.toJS() as unknown;
}

function nameOf({ name }: File): string {
  return name.replace(/\.(json|ya?ml)$/i, '');
}

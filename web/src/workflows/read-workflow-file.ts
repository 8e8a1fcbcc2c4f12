import type { WorkflowFile } from './examples.ts';

/**
 * Reads a workflow out of a file of JSON or YAML: `{ name, definition, … }`, or a definition alone, which is called as the
 * file.
 * @throws Error that says what was expected, in words for people
 */
export async function readWorkflowFile(file: File): Promise<WorkflowFile> {
  const content = await parse(await file.text());
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Error(`${file.name}: expected an object with a name and a definition.`);
  if ('nodes' in content) return { name: nameOf(file), definition: content };
  const { $schema: _, ...workflow } = content as Record<string, unknown>;
  if (!('definition' in workflow))
    throw new Error(`${file.name}: expected a \`definition\`, or an object with \`nodes\`.`);
  return { name: nameOf(file), ...workflow } as WorkflowFile;
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

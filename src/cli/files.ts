/** Workflows and data as files: JSON or YAML. */
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { CliError, exitCodes } from './exit.ts';

/** A workflow file. */
export interface WorkflowFile {
  file: string;
  name: string;
  description?: string;
  definition: unknown;
  webhook?: unknown;
}

/** Reads a JSON or YAML text. @throws CliError that names the place */
async function parse(file: string, text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new CliError(`${file}: ${error.message}`, { exitCode: exitCodes.failed });
  return document.toJS() as unknown;
}

/** Reads a file. @throws CliError when it cannot be read */
async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new CliError(`${file} cannot be read: ${why}.`, { exitCode: exitCodes.usage });
  });
}

/** Reads JSON or YAML of a file, or of standard input for `-`. @throws CliError */
export async function readSource(file: string): Promise<unknown> {
  return parse(file, file === '-' ? await readAll(process.stdin) : await read(file));
}

/** Reads workflow files. @throws CliError naming the file and what it lacks */
export async function readWorkflows(files: readonly string[]): Promise<WorkflowFile[]> {
  return Promise.all(files.map(readWorkflow));
}

async function readWorkflow(file: string): Promise<WorkflowFile> {
  const parsed = await parse(file, await read(file));
  if (typeof parsed !== 'object' || parsed === null || !('name' in parsed) || !('definition' in parsed))
    throw new CliError(`${file}: expected an object with \`name\` and \`definition\`.`);
  const { $schema: _, ...content } = parsed as Record<string, unknown>;
  return { ...content, file } as unknown as WorkflowFile;
}

/** Reads data: JSON in the argument, `@file`, or `-` for standard input. */
export async function readData(given: string | undefined): Promise<unknown> {
  if (given === undefined) return null;
  const isNamed = given.startsWith('@') || given === '-';
  const text = given === '-' || given === '@-' ? await readAll(process.stdin) : await textOf(given);
  return isNamed ? parse(given, text) : parseJson(text);
}

async function textOf(given: string): Promise<string> {
  return given.startsWith('@') ? read(given.slice(1)) : given;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CliError(`--data: expected JSON, @file or -: ${(cause as Error).message}`, {
      exitCode: exitCodes.usage,
    });
  }
}

/** `init`: a workflow file to begin with, and the schema that editors complete it by. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { CliError } from '../exit.ts';
import { note, print } from '../output.ts';
import { workflowFileSchema } from '../workflow-schema.ts';

const examples = new URL('../../../examples/', import.meta.url);
const schemaFile = 'hookloom.schema.json';

/** Writes an example and the schema; never over a file that is there. */
export async function init(example: string): Promise<void> {
  const names = (await readdir(examples))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
  if (!names.includes(example))
    throw new CliError(`No example is called ${example}; there are ${names.join(', ')}.`, { exitCode: 2 });
  const text = await readFile(new URL(`${example}.json`, examples), 'utf8');
  const content = { $schema: `./${schemaFile}`, ...(JSON.parse(text) as object) };
  const file = `${example}.json`;
  await write(file, `${JSON.stringify(content, null, 2)}\n`);
  await writeFile(schemaFile, `${JSON.stringify(workflowFileSchema(), null, 2)}\n`);
  print(file);
  note(`deploy it with: hookloom deploy ${file} --publish`);
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new CliError(`${file} is there already; move it away, or work with it.`);
  });
}

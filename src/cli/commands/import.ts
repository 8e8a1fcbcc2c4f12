/** `import`: a workflow of another system as a workflow file, and what of it does not carry over. */
import { importers, importWorkflow } from '../../import/import-workflow.ts';
import type { ImportFormat } from '../../import/import-workflow.ts';
import type { ReportEntry } from '../../import/report.ts';
import { CliError, exitCodes } from '../exit.ts';
import { readSource } from '../files.ts';
import { note, paint, print, printJson } from '../output.ts';

/** Options of `import`. */
export interface ImportCommandOptions {
  json?: boolean;
  stubUnknown?: boolean;
  /** Fail when something is lost. */
  strict?: boolean;
}

/** Prints the workflow file to standard output, and the report beside it. */
export async function importFile(format: string, file: string, options: ImportCommandOptions): Promise<void> {
  if (!Object.hasOwn(importers, format))
    throw new CliError(`Expected one of ${Object.keys(importers).join(', ')}; came ${format}.`, {
      exitCode: exitCodes.usage,
    });
  const source = await readSource(file);
  const imported = importWorkflow(format as ImportFormat, source, {
    stubUnknown: options.stubUnknown === true,
  });
  if (!imported) throw new CliError(`${file}: expected ${expected[format as ImportFormat]}.`);
  const { report, ...workflow } = imported;
  if (options.json) printJson(imported);
  else {
    print(JSON.stringify(workflow, null, 2));
    tell(report);
  }
  const lost = report.filter(({ level }) => level === 'lost').length;
  if (options.strict && lost > 0)
    throw new CliError(`${lost} parts do not carry over; see above.`, {
      problem: { code: 'import-lost', lost },
    });
}

const expected: Record<ImportFormat, string> = {
  n8n: 'a workflow that n8n exported, with `nodes`',
  asl: 'a state machine, with `States`',
  ows: 'a document of the Serverless Workflow DSL 1.0, with `do`',
};

const colors = { lost: 'red', changed: 'yellow', ignored: 'gray' } as const;

function tell(report: readonly ReportEntry[]): void {
  for (const level of ['lost', 'changed', 'ignored'] as const)
    for (const { part, message } of report.filter((entry) => entry.level === level))
      note(`${paint(colors[level], level.padEnd(7))}  ${part}: ${message}`);
  if (report.length === 0) note('everything carries over');
  else if (!report.some(({ level }) => level === 'lost')) note('nothing is lost');
  note('deploy it with: hookloom deploy FILE, once it is in one');
}

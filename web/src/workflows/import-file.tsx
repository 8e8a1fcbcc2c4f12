import { Button, FileButton, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { Confirm } from '../show/confirm.tsx';
import { countOf } from '../show/count.ts';
import { Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { useCreateWorkflow } from './create-workflow.ts';
import { readWorkflowFile } from './read-workflow-file.ts';
import type { ReadWorkflow } from './read-workflow-file.ts';
import classes from './workflows.module.css';

/** Creates a workflow from a file, after it has said what is in it. */
export function ImportFile() {
  const [read, setRead] = useState<{ workflow?: ReadWorkflow; error?: unknown }>();
  const create = useCreateWorkflow();
  const reset = useRef<() => void>(null);
  const take = async (file: File | null) => {
    if (!file) return;
    // The same file may be chosen again, after it has been mended.
    reset.current?.();
    try {
      setRead({ workflow: await readWorkflowFile(file) });
    } catch (error) {
      setRead({ error });
    }
  };
  return (
    <>
      <FileButton accept=".json,.yaml,.yml" onChange={(file) => void take(file)} resetRef={reset}>
        {(props) => (
          <Button variant="default" {...props}>
            Import a file
          </Button>
        )}
      </FileButton>
      {read && (
        <Confirm
          title="Import a workflow"
          says={read.workflow ? describe(read.workflow) : 'This file holds no workflow.'}
          does="Import"
          isDisabled={!read.workflow}
          onConfirm={() => (read.workflow ? create(read.workflow) : Promise.resolve())}
          onClose={() => setRead(undefined)}
        >
          {read.error !== undefined && <Problem error={read.error} />}
          {read.workflow?.description && (
            <Text size="sm" c="dimmed">
              {read.workflow.description}
            </Text>
          )}
          {read.workflow?.report && <Report report={read.workflow.report} />}
        </Confirm>
      )}
    </>
  );
}

const marks = { lost: 'failure', changed: 'partial', ignored: 'skipped' } as const;

/** What does not carry over from another system, part by part. */
function Report({ report }: { report: NonNullable<ReadWorkflow['report']> }) {
  if (report.length === 0) return <Text size="sm">Everything carries over.</Text>;
  return (
    <ul className={classes.report} aria-label="What does not carry over">
      {report.map(({ level, part, pointer, message }) => (
        <li key={level + pointer + message}>
          <Status status={marks[level]} word={level} /> <strong>{part}</strong>: {message}
        </li>
      ))}
    </ul>
  );
}

function describe({ name, definition }: ReadWorkflow): string {
  const nodes = (definition as { nodes?: object } | null)?.nodes ?? {};
  return `Creates the draft “${name}” with ${countOf(Object.keys(nodes).length, 'node')}. Nothing runs until you publish it.`;
}

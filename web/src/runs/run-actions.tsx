import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { useMay } from '../session/scopes.ts';
import { countOf } from '../show/count.ts';
import { Confirm } from '../show/confirm.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import type { RunView } from './run-view.ts';
import { statusOfCounts } from './tally.ts';

/** What can be done with the run, for who may. */
export function RunActions({ view }: { view: RunView }) {
  const mayRun = useMay('run');
  const [dialog, setDialog] = useState<'cancel' | 'retry'>();
  const { history, isOver, runId } = view;
  const { run, tallies } = history.head;
  if (!mayRun || !run) return null;
  const hasFailed =
    run.status !== 'success' ||
    [...tallies.nodes.values()].some((counts) => statusOfCounts(counts) === 'failure');
  const close = () => setDialog(undefined);
  return (
    <>
      {isOver && hasFailed && <Button onClick={() => setDialog('retry')}>Retry what failed</Button>}
      {!isOver && (
        <Button variant="default" onClick={() => setDialog('cancel')}>
          Cancel the run
        </Button>
      )}
      {dialog === 'retry' && <RetryDialog runId={runId} onClose={close} />}
      {dialog === 'cancel' && <CancelDialog view={view} onClose={close} />}
    </>
  );
}

function CancelDialog({ view, onClose }: { view: RunView; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { executions } = view.history.head;
  const open = [...executions.values()].filter(({ finishedAt }) => finishedAt === undefined).length;
  const cancel = () =>
    api().post('/v1/runs/{id}/cancel', {
      params: { path: { id: view.runId } },
      body: reason === '' ? {} : { reason },
    });
  return (
    <Confirm
      title="Cancel the run"
      says={`Ends ${countOf(open, 'node')} that ${open === 1 ? 'is' : 'are'} under way or waiting; nothing new starts. What has been done stays done.`}
      does="Cancel the run"
      isDangerous
      onConfirm={cancel}
      onClose={onClose}
    >
      <TextInput
        label="Reason"
        description="Stands in the log and in the hooks."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  );
}

import { Radio, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { Confirm } from '../show/confirm.tsx';

/** Retries a run: from a node, or (`from` absent) what failed. Goes to the new run. */
export function RetryDialog({ runId, from, onClose }: { runId: string; from?: string; onClose: () => void }) {
  const [version, setVersion] = useState<'same' | 'live'>('same');
  const navigate = useNavigate();
  const retry = async () => {
    const body = { version, ...(from === undefined ? {} : { from }) };
    const called = api().post('/v1/runs/{id}/retry', { params: { path: { id: runId } }, body });
    const { runId: next } = (await called) as { runId: string };
    await navigate({ to: '/runs/$runId', params: { runId: next }, search: {} });
  };
  const what =
    from === undefined
      ? 'runs what failed, and what follows from it'
      : `runs ${from}, and what followed from it`;
  return (
    <Confirm
      title={from === undefined ? 'Retry what failed' : `Retry from ${from}`}
      says={`Starts a new run that takes over the results of this one and ${what}. This run stays as it is.`}
      does="Start the retry"
      onConfirm={retry}
      onClose={onClose}
    >
      <Radio.Group
        label="With the definition of"
        value={version}
        onChange={(value) => setVersion(value as 'same' | 'live')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="same" label="the version that this run used" />
          <Radio value="live" label="the live version, which may mend it" />
        </Stack>
      </Radio.Group>
    </Confirm>
  );
}

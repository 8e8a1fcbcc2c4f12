import { JsonInput, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import type { WholeWorkflow } from '../data/types.ts';
import { Confirm } from '../show/confirm.tsx';

/** A request of the inbox that a run is to begin with. */
export interface WithRequest {
  id: string;
  says: string;
}

/** Starts a run by hand, with what is given or with a request that came in, and goes to it. */
export function RunDialog(given: { workflow: WholeWorkflow; request?: WithRequest; onClose: () => void }) {
  const { workflow, request, onClose } = given;
  const { id, liveVersion, latestVersion } = workflow;
  const [text, setText] = useState('{}');
  const [version, setVersion] = useState(liveVersion === null || request ? 'draft' : 'live');
  const navigate = useNavigate();
  const begin = async () => {
    const input = request ? { webhookEventId: request.id } : { payload: JSON.parse(text) as never };
    const body = { ...input, version: version as 'live' | 'draft' };
    const { runId } = await api().post('/v1/workflows/{id}/run', { params: { path: { id } }, body });
    await navigate({ to: '/runs/$runId', params: { runId }, search: {} });
  };
  const versions = [
    ...(liveVersion === null ? [] : [{ value: 'live', label: `live: version ${liveVersion}` }]),
    { value: 'draft', label: `newest: version ${latestVersion}` },
  ];
  return (
    <Confirm
      title={request ? 'Run with a request' : 'Run the workflow'}
      says={request ? `Starts a run with ${request.says}, as if it came now.` : 'Starts a run by hand.'}
      does="Start the run"
      isDisabled={!request && !isJson(text)}
      onConfirm={begin}
      onClose={onClose}
    >
      <Select
        label="Version"
        data={versions}
        value={version}
        onChange={(value) => setVersion(value ?? version)}
        allowDeselect={false}
      />
      {!request && (
        <JsonInput
          label="Payload"
          description="Becomes $trigger.body and $inputs."
          value={text}
          onChange={setText}
          autosize
          minRows={4}
          maxRows={14}
          validationError="This is no JSON"
        />
      )}
    </Confirm>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

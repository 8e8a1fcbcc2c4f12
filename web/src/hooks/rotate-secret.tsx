import { Alert, Button, Code, CopyButton, Group, Modal, Select, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import { Confirm } from '../show/confirm.tsx';

const overlaps = [
  { value: '86400', label: 'both sign for a day' },
  { value: '3600', label: 'both sign for an hour' },
  { value: '0', label: 'the old one is revoked at once' },
];

/** Makes a new signing secret, and shows it this once. */
export function RotateSecret({ endpointId, onClose }: { endpointId: string; onClose: () => void }) {
  const [overlap, setOverlap] = useState('86400');
  const [secret, setSecret] = useState<string>();
  const queries = useQueryClient();
  if (secret !== undefined) return <NewSecret secret={secret} onClose={onClose} />;
  const rotate = async () => {
    const made = await api().post('/v1/execution-webhooks/{id}/rotate-secret', {
      params: { path: { id: endpointId } },
      body: { overlapSeconds: Number(overlap) },
    });
    setSecret(made.signingSecret);
    await queries.invalidateQueries({ queryKey: keys.endpoints });
  };
  return (
    <Confirm
      title="Rotate the secret"
      says="Makes a new signing secret. It is shown once: give it to the receiver."
      does="Make a new secret"
      isDangerous={overlap === '0'}
      onConfirm={rotate}
      onClose={() => undefined}
      onCancel={onClose}
    >
      <Select
        label="Until the receiver knows it"
        data={overlaps}
        value={overlap}
        onChange={(value) => setOverlap(value ?? overlap)}
        allowDeselect={false}
      />
    </Confirm>
  );
}

function NewSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="The new secret" closeOnClickOutside={false}>
      <Stack gap="sm">
        <Alert color="yellow">It is not shown again.</Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

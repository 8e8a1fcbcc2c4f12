import { Button, Code, CopyButton, Group, Select, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { WebhookSettings, WholeWorkflow } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { Panel } from '../show/page.tsx';
import { TextView } from '../show/text-view.tsx';
import { Ago, When } from '../show/time.tsx';
import { freshUrlOf, keepFreshUrl } from '../workflows/fresh-urls.ts';

/** The URL of a workflow: whole while it is new, then masked. */
export function WebhookUrl({ workflow, webhook }: { workflow: WholeWorkflow; webhook: WebhookSettings }) {
  const fresh = freshUrlOf(workflow.id);
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMay('write');
  return (
    <Panel
      title="URL"
      aside={
        mayWrite && (
          <Button variant="default" onClick={() => setOpen(true)}>
            Rotate
          </Button>
        )
      }
    >
      <Stack gap="sm" fz="sm">
        <Group gap="xs" wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{fresh ?? webhook.url}</Code>
          {fresh && <Copy text={fresh} />}
        </Group>
        {fresh ? (
          <>
            <strong>Copy it now: it is shown until you leave this page, and never again.</strong>
            <TextView text={curlFor(fresh)} label="A request to begin with" />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            Its secret was shown when it was made. Lost it? Rotate, and take the new one to the sender.
          </Text>
        )}
        <Notes workflow={workflow} webhook={webhook} />
      </Stack>
      {isOpen && <Rotate workflow={workflow} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

/** What is to be known about the URL. */
function Notes({ workflow, webhook }: { workflow: WholeWorkflow; webhook: WebhookSettings }) {
  const old = webhook.secrets.filter(({ expiresAt }) => expiresAt !== null);
  return (
    <>
      {workflow.liveVersion === null && (
        <Text size="sm">
          The workflow was never published: the URL answers 404, unless samples are captured.
        </Text>
      )}
      {old.map(({ createdAt, expiresAt }) => (
        <span key={createdAt}>
          The URL before is taken until <When iso={expiresAt ?? ''} />.
        </span>
      ))}
      <span className="dim">
        {webhook.lastUsedAt ? (
          <>
            Last used <Ago iso={webhook.lastUsedAt} />
          </>
        ) : (
          'Never used'
        )}
      </span>
    </>
  );
}

function Copy({ text }: { text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="light" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  );
}

function curlFor(url: string): string {
  return `curl -i ${url} \\\n  -H 'content-type: application/json' \\\n  -d '{"hello":"world"}'`;
}

const overlaps = [
  { value: '86400', label: 'for a day more' },
  { value: '3600', label: 'for an hour more' },
  { value: '0', label: 'no longer' },
];

function Rotate({ workflow, onClose }: { workflow: WholeWorkflow; onClose: () => void }) {
  const [overlap, setOverlap] = useState('86400');
  const queries = useQueryClient();
  const rotate = async () => {
    const params = { path: { id: workflow.id } };
    const body = { overlapSeconds: Number(overlap) };
    const { url } = await api().post('/v1/workflows/{id}/webhook/rotate', { params, body });
    keepFreshUrl(workflow.id, url);
    await queries.invalidateQueries({ queryKey: keys.webhook(workflow.id) });
  };
  return (
    <Confirm
      title="Rotate the URL"
      says="Makes a new URL, which is shown once. Senders that still use the old one are refused when its time is over."
      does="Rotate"
      isDangerous={overlap === '0'}
      onConfirm={rotate}
      onClose={onClose}
    >
      <Select
        label="The old URL is taken"
        data={overlaps}
        value={overlap}
        onChange={(value) => setOverlap(value ?? overlap)}
        allowDeselect={false}
      />
    </Confirm>
  );
}

import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { IncomingRow, WebhookSettings, WholeWorkflow } from '../data/types.ts';
import { IncomingStatus } from '../incoming/incoming-status.tsx';
import { useMay } from '../session/scopes.ts';
import { formatBytes } from '../show/count.ts';
import { shortId } from '../show/id.tsx';
import { Empty, Loading, Panel, Problem } from '../show/page.tsx';
import { Ago, When } from '../show/time.tsx';
import { useNow } from '../show/use-now.ts';
import { RunDialog } from './run-dialog.tsx';

const shown = 8;
const captureSeconds = 600;

/** The last requests of a workflow, as samples to run the newest version with. */
export function LastRequests({ workflow, webhook }: { workflow: WholeWorkflow; webhook: WebhookSettings }) {
  const filter = { workflowId: workflow.id, limit: shown };
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: keys.incoming(filter),
    queryFn: ({ signal }) => api().get('/v1/webhook-events', { params: { query: filter }, signal }),
  });
  return (
    <Panel
      flush
      title="Last requests"
      aside={
        <>
          <Button variant="subtle" loading={isFetching} onClick={() => void refetch()}>
            Look again
          </Button>
          <Capture workflow={workflow} webhook={webhook} />
        </>
      }
    >
      {error && <Problem error={error} />}
      {!data && !error && <Loading what="requests" />}
      {data?.items.length === 0 && (
        <Empty title="Nothing has come in">
          {workflow.liveVersion === null
            ? 'Capture samples: what is sent to the URL is kept and shown here, and the draft can be run with it.'
            : 'Send something to the URL: it is kept and shown here.'}
        </Empty>
      )}
      {data && data.items.length > 0 && <Requests workflow={workflow} rows={data.items} />}
    </Panel>
  );
}

function Capture({ workflow, webhook }: { workflow: WholeWorkflow; webhook: WebhookSettings }) {
  const queries = useQueryClient();
  const now = useNow(1_000);
  const [error, setError] = useState<unknown>();
  const mayWrite = useMay('write');
  if (workflow.status !== 'draft') return null;
  const until = webhook.captureUntil;
  if (until && Date.parse(until) > now)
    return (
      <Text size="sm" role="status">
        Captures until <When iso={until} />
      </Text>
    );
  if (!mayWrite) return null;
  const capture = async () => {
    try {
      const params = { path: { id: workflow.id } };
      await api().post('/v1/workflows/{id}/webhook/capture', { params, body: { seconds: captureSeconds } });
      await queries.invalidateQueries({ queryKey: keys.webhook(workflow.id) });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Stack gap={4}>
      {error !== undefined && <Problem error={error} />}
      <Button onClick={() => void capture()}>Capture for ten minutes</Button>
    </Stack>
  );
}

function Requests({ workflow, rows }: { workflow: WholeWorkflow; rows: readonly IncomingRow[] }) {
  const [chosen, setChosen] = useState<IncomingRow>();
  const mayRun = useMay('run') && workflow.status !== 'archived';
  return (
    <Table>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td>
              <IncomingStatus status={row.status} />
            </Table.Td>
            <Table.Td>
              <Link to="/incoming/$eventId" params={{ eventId: row.id }} className="mono" data-row>
                {shortId(row.id)}
              </Link>
              <div className="dim">
                {row.method} {formatBytes(row.sizeBytes)} · <Ago iso={row.receivedAt} />
              </div>
            </Table.Td>
            <Table.Td>
              <Group justify="flex-end">
                {mayRun && row.status !== 'handshake' && (
                  <Button variant="default" size="compact-xs" onClick={() => setChosen(row)}>
                    Run with it
                  </Button>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      {chosen && (
        <RunDialog
          workflow={workflow}
          request={{ id: chosen.id, says: `the request ${shortId(chosen.id)}` }}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Table>
  );
}

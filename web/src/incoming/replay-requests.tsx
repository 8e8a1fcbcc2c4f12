import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import { Confirm } from '../show/confirm.tsx';
import { countOf } from '../show/count.ts';
import { Problem } from '../show/page.tsx';
import type { incomingStatuses } from './incoming-status.tsx';

type Status = Exclude<(typeof incomingStatuses)[number], 'handshake' | 'held'>;

/** What of the inbox is looked at. */
export interface IncomingFilter {
  status: string | undefined;
  reason: string | undefined;
  workflowId: string | undefined;
}

const hourMs = 60 * 60 * 1000;
const spans = [
  { value: String(hourMs), label: 'the last hour' },
  { value: String(24 * hourMs), label: 'the last day' },
  { value: String(7 * 24 * hourMs), label: 'the last seven days' },
];

/** Whether requests of a status can be replayed: a handshake starts nothing, and what is held waits for its workflow. */
export function isReplayable(status: string | undefined): boolean {
  return status !== 'handshake' && status !== 'held';
}

/** Replays the requests that are looked at, after a dry run has said how many they are. */
export function ReplayRequests(given: {
  filter: IncomingFilter;
  onStarted: (total: number) => void;
  onClose: () => void;
}) {
  const { filter, onStarted, onClose } = given;
  const [span, setSpan] = useState(String(24 * hourMs));
  const { body, total, error } = useDryRun(filter, span);
  const { status } = body.filter;
  const replay = async () => {
    await api().post('/v1/webhook-events/replay', { body });
    onStarted(total ?? 0);
  };
  const label = spans.find(({ value }) => value === span)?.label ?? '';
  const kind = [...status, filter.reason].filter(Boolean).join(', ');
  return (
    <Confirm
      title="Replay many requests"
      says={
        total === undefined
          ? 'Counting …'
          : `Replays ${countOf(total, 'request')} of ${label} (${kind}), in the background. Each starts a new run.`
      }
      does={`Replay ${countOf(total ?? 0, 'request')}`}
      isDisabled={!total}
      onConfirm={replay}
      onClose={onClose}
    >
      <Stack gap="sm">
        {error && <Problem error={error} />}
        <Select
          label="Requests of"
          data={spans}
          value={span}
          onChange={(value) => setSpan(value ?? span)}
          allowDeselect={false}
        />
        {status.includes('rejected') && (
          <Text size="sm" c="dimmed">
            A rejected request is verified again; those that do not pass stay rejected.
          </Text>
        )}
      </Stack>
    </Confirm>
  );
}

/** What would be replayed, and how many requests that are. */
function useDryRun({ status, reason, workflowId }: IncomingFilter, span: string) {
  const [now] = useState(() => Date.now());
  const body = {
    filter: {
      status: [(status ?? 'rejected') as Status],
      since: new Date(now - Number(span)).toISOString(),
      until: new Date(now).toISOString(),
      ...(reason === undefined ? {} : { reason }),
      ...(workflowId === undefined ? {} : { workflowId }),
    },
  };
  const { data: total, error } = useQuery({
    queryKey: keys.replayPlan(body),
    queryFn: async () => {
      const plan = await api().post('/v1/webhook-events/replay', { body: { ...body, dryRun: true } });
      return plan.total;
    },
  });
  return { body, total, error };
}

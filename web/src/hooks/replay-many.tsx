import { Checkbox, Select, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { Confirm } from '../show/confirm.tsx';
import { countOf } from '../show/count.ts';
import { Problem } from '../show/page.tsx';

const hourMs = 60 * 60 * 1000;
const spans = [
  { value: String(hourMs), label: 'the last hour' },
  { value: String(24 * hourMs), label: 'the last day' },
  { value: String(7 * 24 * hourMs), label: 'the last seven days' },
];
const choices = ['failure', 'held', 'discarded', 'none', 'success'] as const;
type Choice = (typeof choices)[number];
const labels: Partial<Record<Choice, string>> = { none: 'none: never delivered' };

/** Replays an endpoint's events of a time, after a dry run has said how many they are. */
export function ReplayMany({ endpointId, onClose }: { endpointId: string; onClose: () => void }) {
  const [span, setSpan] = useState(String(24 * hourMs));
  const [statuses, setStatuses] = useState<Choice[]>(['failure']);
  const queries = useQueryClient();
  const { body, total, error } = useDryRun(endpointId, span, statuses);
  const replay = async () => {
    await replayEvents(endpointId, { ...body, dryRun: false });
    await queries.invalidateQueries({ queryKey: ['deliveries'] });
  };
  const label = spans.find(({ value }) => value === span)?.label ?? '';
  return (
    <Confirm
      title="Replay many"
      says={
        total === undefined
          ? 'Counting …'
          : `Delivers ${countOf(total, 'event')} of ${label} again, in the order of each run.`
      }
      does={`Replay ${countOf(total ?? 0, 'event')}`}
      isDisabled={!total}
      onConfirm={replay}
      onClose={onClose}
    >
      <Stack gap="sm">
        {error && <Problem error={error} />}
        <Select
          label="Events of"
          data={spans}
          value={span}
          onChange={(value) => setSpan(value ?? span)}
          allowDeselect={false}
        />
        <Checkbox.Group
          label="Whose newest delivery is"
          value={statuses}
          onChange={(chosen) => setStatuses(chosen as Choice[])}
        >
          <Stack gap={6} mt={6}>
            {choices.map((choice) => (
              <Checkbox key={choice} value={choice} label={labels[choice] ?? choice} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </Confirm>
  );
}

interface Wanted {
  since: string;
  until: string;
  status?: Choice[];
  dryRun: boolean;
}

/** What would be replayed, and how many events that are. */
function useDryRun(endpointId: string, span: string, statuses: Choice[]) {
  const [now] = useState(() => Date.now());
  const body: Wanted = {
    since: new Date(now - Number(span)).toISOString(),
    until: new Date(now).toISOString(),
    ...(statuses.length > 0 ? { status: statuses } : {}),
    dryRun: true,
  };
  const { data: total, error } = useQuery({
    queryKey: ['replays', 'dry', endpointId, span, statuses],
    queryFn: async () => {
      const counted = await replayEvents(endpointId, body);
      return 'total' in counted ? counted.total : 0;
    },
  });
  return { body, total, error };
}

function replayEvents(id: string, body: Wanted) {
  return api().post('/v1/execution-webhooks/{id}/replay', { params: { path: { id } }, body });
}

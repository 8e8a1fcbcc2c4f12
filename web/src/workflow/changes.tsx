import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { VersionDiff } from '../data/types.ts';
import { countOf } from '../show/count.ts';
import { JsonView } from '../show/json-view.tsx';
import { Empty, Loading, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import classes from './workflow.module.css';

/** What is different between two versions; both never change. */
export function useDiff(workflowId: string, from: number | undefined, to: number | undefined) {
  return useQuery({
    queryKey: keys.diff(workflowId, from ?? 0, to ?? 0),
    enabled: from !== undefined && to !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) => {
      const path = { id: workflowId, from: from ?? 0, to: to ?? 0 };
      return api().get('/v1/workflows/{id}/versions/{from}/diff/{to}', { params: { path }, signal });
    },
  });
}

type Change = VersionDiff['changes'][number];

/** Most changes that are shown where there is little room. */
const shortCount = 8;

/** Changes one after the other. `isShort`: their places alone. */
export function Changes({ diff, isShort = false }: { diff: UseQueryResult<VersionDiff>; isShort?: boolean }) {
  if (diff.error) return <Problem error={diff.error} onRetry={() => void diff.refetch()} />;
  if (!diff.data) return <Loading what="the changes" />;
  const { changes } = diff.data;
  if (changes.length === 0)
    return <Empty title="No difference">Both versions have the same definition.</Empty>;
  if (!isShort) return changes.map((change) => <ChangeRow key={change.pointer} change={change} />);
  return (
    <div>
      <Text size="sm" fw={600}>
        {countOf(changes.length, 'change')}
      </Text>
      {changes.slice(0, shortCount).map((change) => (
        <ChangeHead key={change.pointer} change={change} />
      ))}
      {changes.length > shortCount && <Text size="sm">and {changes.length - shortCount} more</Text>}
    </div>
  );
}

const marks = { added: 'success', removed: 'failure', changed: 'partial' } as const;

function ChangeHead({ change: { change, pointer } }: { change: Change }) {
  return (
    <div style={{ fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
      <Status status={marks[change]} word={change} /> <span className="mono">{pointer || '/'}</span>
    </div>
  );
}

function ChangeRow({ change }: { change: Change }) {
  const { pointer, before, after } = change;
  return (
    <div className={classes.change}>
      <ChangeHead change={change} />
      <div className={classes.sides}>
        {before !== undefined && (
          <div>
            <span className="dim">before</span>
            <JsonView value={before} label={`${pointer} before`} />
          </div>
        )}
        {after !== undefined && (
          <div>
            <span className="dim">after</span>
            <JsonView value={after} label={`${pointer} after`} />
          </div>
        )}
      </div>
    </div>
  );
}

import { SegmentedControl, Stack, Text } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense, lazy, useMemo } from 'react';
import { loadPart } from '../data/load-part.ts';
import { useRunStats } from '../data/queries.ts';
import type { Span } from '../data/queries.ts';
import type { RunStats } from '../data/types.ts';
import { countOf, formatNumber } from '../show/count.ts';
import { Empty, Loading, Page, Panel, Problem } from '../show/page.tsx';
import { endedOf } from '../show/rate.tsx';
import { useNow } from '../show/use-now.ts';
import { ByWorkflow } from './by-workflow.tsx';
import classes from './home.module.css';
import { Needs } from './needs.tsx';
import { windowOf } from './window-of.ts';

const RunChart = lazy(loadPart(async () => ({ default: (await import('./run-chart.tsx')).RunChart })));
const here = getRouteApi('/shell/');
/** How often the window moves on while nothing happens, in milliseconds. */
const moveMs = 15_000;

/** What needs a person, and how the runs go. */
export function HomePage() {
  const { span: asked } = here.useSearch();
  const span: Span = asked === 'day' ? 'day' : 'hour';
  const stats = useRunStats(span);
  return (
    <Page title="Home">
      <div className={classes.columns}>
        <Panel flush title="What needs somebody">
          <Needs />
        </Panel>
        <Stack gap="md">
          <Panel
            title={span === 'hour' ? 'Runs per minute' : 'Runs per quarter of an hour'}
            aside={<Spans span={span} />}
          >
            {stats.error && <Problem error={stats.error} onRetry={() => void stats.refetch()} />}
            {stats.data ? <Runs stats={stats.data} /> : !stats.error && <Loading what="the runs" />}
          </Panel>
          <Panel flush title="By workflow">
            {stats.data && <ByWorkflow stats={stats.data} />}
          </Panel>
        </Stack>
      </div>
    </Page>
  );
}

function Spans({ span }: { span: Span }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Time"
      data={[
        { value: 'hour', label: 'Last hour' },
        { value: 'day', label: 'Last day' },
      ]}
      value={span}
      onChange={(value) =>
        void navigate({ to: '/', search: { span: value === 'hour' ? undefined : value }, replace: true })
      }
    />
  );
}

function Runs({ stats }: { stats: RunStats }) {
  const now = useNow(moveMs);
  const points = useMemo(() => windowOf(stats, now), [stats, now]);
  const total = points.reduce((sum, point) => sum + point.total, 0);
  if (total === 0)
    return (
      <Empty title="No run in this time">
        Runs show here the moment they begin: by a webhook, a schedule, or by hand.
      </Empty>
    );
  const failed = points.reduce((sum, { byStatus }) => sum + (byStatus['failure'] ?? 0), 0);
  const ended = points.reduce((sum, point) => sum + endedOf(point), 0);
  const says = `${countOf(total, 'run')} began: ${formatNumber(ended)} ended by now, ${formatNumber(failed)} of them failed.`;
  return (
    <Stack gap="xs">
      <Text size="sm">{says}</Text>
      <Suspense fallback={<div className={classes.chart} />}>
        <RunChart points={points} label={says} />
      </Suspense>
    </Stack>
  );
}

import { Anchor, Breadcrumbs, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RunProjection } from '../../../src/engine/log/projections.ts';
import { Id } from '../show/id.tsx';
import { Status } from '../show/status.tsx';
import { Ago } from '../show/time.tsx';
import { describeWait } from './describe-event.ts';
import type { RunEvent } from './run-event.ts';
import { Took } from './runs-page.tsx';

/** What the run is and how it stands. `log`: what came of it so far. */
export function RunHeading({
  name,
  run,
  log,
}: {
  name: string;
  run: RunProjection;
  log: readonly RunEvent[];
}) {
  const { createdAt, startedAt = null, finishedAt = null } = run;
  const blocked = run.status === 'queued' ? log.findLast(({ type }) => type === 'run.blocked') : undefined;
  return (
    <Group gap="sm" component="span">
      <span>{name}</span>
      <Status status={run.status} />
      <span className="dim" style={{ fontSize: '0.875rem', fontWeight: 400 }}>
        <Ago iso={createdAt} /> · <Took run={{ createdAt, startedAt, finishedAt }} />
        {blocked && ` · waits for its turn: ${describeWait(blocked.data)}`}
      </span>
    </Group>
  );
}

/** Where the run stands among others. */
export function RunLinks({ run }: { run: RunProjection }) {
  const source = String(run.trigger['source'] ?? '');
  const eventId = run.trigger['webhookEventId'] as string | undefined;
  return (
    <Breadcrumbs separator="·" separatorMargin={6} fz="sm" style={{ flexWrap: 'wrap' }}>
      <Anchor
        renderRoot={(props) => <Link to="/runs" search={{ workflowId: run.workflowId }} {...props} />}
        fz="sm"
      >
        All runs of the workflow
      </Anchor>
      <span className="dim">version {run.workflowVersion}</span>
      <Id id={run.runId} />
      <span className="dim">by {source}</span>
      {eventId !== undefined && (
        <Anchor
          renderRoot={(props) => <Link to="/incoming/$eventId" params={{ eventId }} {...props} />}
          fz="sm"
        >
          the request
        </Anchor>
      )}
      {run.parentRunId && <RunLink id={run.parentRunId}>parent run</RunLink>}
      {run.rerunOf && <RunLink id={run.rerunOf}>retry of</RunLink>}
    </Breadcrumbs>
  );
}

/** A link to another run. */
export function RunLink({ id, children }: { id: string; children: string }) {
  return (
    <Anchor renderRoot={(props) => <Link to="/runs/$runId" params={{ runId: id }} {...props} />} fz="sm">
      {children}
    </Anchor>
  );
}

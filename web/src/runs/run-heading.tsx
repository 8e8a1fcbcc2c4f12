import { Anchor, Breadcrumbs, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RunProjection } from '../../../src/engine/log/projections.ts';
import { Id } from '../show/id.tsx';
import { Status } from '../show/status.tsx';
import { Ago } from '../show/time.tsx';
import { Took } from './runs-page.tsx';

/** What the run is and how it stands. */
export function RunHeading({ name, run }: { name: string; run: RunProjection }) {
  const { createdAt, startedAt = null, finishedAt = null } = run;
  return (
    <Group gap="sm" component="span">
      <span>{name}</span>
      <Status status={run.status} />
      <span className="dim" style={{ fontSize: '0.875rem', fontWeight: 400 }}>
        <Ago iso={createdAt} /> · <Took run={{ createdAt, startedAt, finishedAt }} />
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

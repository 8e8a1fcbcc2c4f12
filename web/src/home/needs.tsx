import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import { countOf } from '../show/count.ts';
import { Empty, Loading, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Ago } from '../show/time.tsx';
import classes from './home.module.css';

/** Most rows that are read of each kind; beyond that it is `100 or more`. */
const limit = 100;
/** Rows of each kind that are shown. */
const shown = 4;

/** A kind of thing that waits for a person. */
interface Need {
  key: string;
  status: string;
  says: string;
  /** Where all of them are. */
  all: ReactNode;
  rows: ReactNode[];
}

/** What waits for a person: what fails, what asks, and what is held back. */
export function Needs() {
  const found = useNeeds();
  if (found.error) return <Problem error={found.error} />;
  if (!found.needs) return <Loading what="what needs somebody" />;
  if (found.needs.length === 0)
    return (
      <Empty title="Nothing needs you">
        Failing workflows, open waits, failing hook endpoints and what is held back would stand here.
      </Empty>
    );
  return found.needs.map(({ key, status, says, all, rows }) => (
    <section key={key} className={classes.need} aria-label={says}>
      <div className={classes.needHead}>
        <Status status={status} word={says} />
        {all}
      </div>
      {rows.length > 0 && (
        <ul className={classes.rows}>
          {rows.map((row, index) => (
            <li key={index}>{row}</li>
          ))}
        </ul>
      )}
    </section>
  ));
}

function useNeeds(): { needs: Need[] | undefined; error: unknown } {
  const parts = [useFailing(), useWaits(), useEndpoints(), useHeldEvents(), useHeldRequests()];
  const error = parts.find((part) => part.error)?.error;
  const isWhole = parts.every(({ isPending }) => !isPending);
  return { error, needs: isWhole ? parts.flatMap(({ need }) => need ?? []) : undefined };
}

interface Part {
  need: Need | undefined;
  isPending: boolean;
  error: unknown;
}

interface Rows<Row> {
  items: Row[];
  nextCursor: string | null;
}

/** `3 open waits`, `100 or more open waits`. */
function counted({ items, nextCursor }: Rows<unknown>, one: string, many?: string): string {
  return nextCursor === null ? countOf(items.length, one, many) : `${limit} or more ${many ?? `${one}s`}`;
}

function To({ to, search = {}, children }: { to: string; search?: object; children: string }) {
  return (
    <Anchor renderRoot={(props) => <Link to={to} search={search as never} {...props} />} fz="sm">
      {children}
    </Anchor>
  );
}

function useFailing(): Part {
  const filter = { lastRunStatus: 'failure' } as const;
  const { data, isPending, error } = useQuery({
    queryKey: keys.failing,
    queryFn: ({ signal }) => api().get('/v1/workflows', { params: { query: { ...filter, limit } }, signal }),
  });
  const rows = (data?.items ?? []).slice(0, shown).map(({ id, name, lastRun }) => (
    <>
      <Link to="/workflows/$workflowId" params={{ workflowId: id }} className="truncate" data-row>
        {name}
      </Link>
      {lastRun && (
        <Link to="/runs/$runId" params={{ runId: lastRun.id }} search={{}} className="plain-link dim">
          failed <Ago iso={lastRun.finishedAt ?? lastRun.createdAt} />
        </Link>
      )}
    </>
  ));
  const all = (
    <To to="/workflows" search={filter}>
      Look at them
    </To>
  );
  const says = data ? counted(data, 'failing workflow') : '';
  const need = { key: 'failing', status: 'failure', says, all, rows };
  return { isPending, error, need: rows.length > 0 ? need : undefined };
}

function useWaits(): Part {
  const { data, isPending, error } = useQuery({
    queryKey: ['waits', 'home'],
    queryFn: ({ signal }) => api().get('/v1/waits', { params: { query: { limit } }, signal }),
  });
  const rows = (data?.items ?? []).slice(0, shown).map(({ runId, path, title, workflowName, startedAt }) => (
    <>
      <Link to="/runs/$runId" params={{ runId }} search={{ node: path }} className="truncate" data-row>
        {title}
      </Link>
      <span className={`dim ${classes.of}`}>
        <span className="truncate">{workflowName}</span> · <Ago iso={startedAt} />
      </span>
    </>
  ));
  const all = <To to="/approvals">Answer them</To>;
  const says = data ? counted(data, 'open wait') : '';
  const need = { key: 'waits', status: 'waiting', says, all, rows };
  return { isPending, error, need: rows.length > 0 ? need : undefined };
}

function useEndpoints(): Part {
  const { data, isPending, error } = useQuery({
    queryKey: [...keys.endpoints, 'home'],
    queryFn: ({ signal }) => {
      const query = { failing: 'true', limit } as const;
      return api().get('/v1/execution-webhooks', { params: { query }, signal });
    },
  });
  const rows = (data?.items ?? []).slice(0, shown).map(({ id, name, url, status }) => (
    <>
      <Link to="/hooks/$endpointId" params={{ endpointId: id }} className="truncate" data-row>
        {name || url}
      </Link>
      <span className="dim">{status === 'disabled' ? 'disabled' : 'failing'}</span>
    </>
  ));
  const says = data ? counted(data, 'hook endpoint that fails', 'hook endpoints that fail') : '';
  const need = { key: 'endpoints', status: 'failure', says, all: <To to="/hooks">All endpoints</To>, rows };
  return { isPending, error, need: rows.length > 0 ? need : undefined };
}

function useHeldEvents(): Part {
  const filter = { status: 'held', limit } as const;
  const { data, isPending, error } = useQuery({
    queryKey: keys.deliveryList({ ...filter, home: true }),
    queryFn: ({ signal }) => api().get('/v1/deliveries', { params: { query: filter }, signal }),
  });
  const all = (
    <To to="/hooks" search={{ status: 'held' }}>
      Look at them
    </To>
  );
  const says = data ? counted(data, 'event held for a hook endpoint', 'events held for hook endpoints') : '';
  const need = { key: 'held-events', status: 'waiting', says, all, rows: [] };
  return { isPending, error, need: data && data.items.length > 0 ? need : undefined };
}

function useHeldRequests(): Part {
  const filter = { status: 'held', limit } as const;
  const { data, isPending, error } = useQuery({
    queryKey: keys.incoming({ ...filter, home: true }),
    queryFn: ({ signal }) => api().get('/v1/webhook-events', { params: { query: filter }, signal }),
  });
  const all = (
    <To to="/incoming" search={{ status: 'held' }}>
      Look at them
    </To>
  );
  const says = data
    ? counted(data, 'request held for a paused workflow', 'requests held for paused workflows')
    : '';
  const need = { key: 'held-requests', status: 'waiting', says, all, rows: [] };
  return { isPending, error, need: data && data.items.length > 0 ? need : undefined };
}

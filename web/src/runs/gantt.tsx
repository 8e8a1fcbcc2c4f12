import { useMemo } from 'react';
import { formatDuration } from '../show/duration.ts';
import { Empty } from '../show/page.tsx';
import { StatusMark } from '../show/status.tsx';
import { useNow } from '../show/use-now.ts';
import { VirtualList } from '../show/virtual-list.tsx';
import classes from './gantt.module.css';
import type { RunEvent } from './run-event.ts';
import type { RunView } from './run-view.ts';

/** A stretch of a row: from when, to when (absent: it goes on), and what it is. */
interface Stretch {
  from: number;
  to: number | undefined;
  kind: 'queued' | 'attempt' | 'pause' | 'wait';
  status: string;
  title: string;
}

interface Row {
  path: string;
  status: string;
  depth: number;
  stretches: Stretch[];
}

const rowHeight = 30;

/** When each node ran, was retried and waited; the graph as a list. */
export function Gantt({ view }: { view: RunView }) {
  const { moment, search, look, isLive } = view;
  const run = moment.run;
  const now = useNow(isLive ? 200 : 60_000);
  const rows = useMemo(() => rowsOf(view), [view.history, moment, moment.sequence, search.in]);
  if (!run) return null;
  const begin = Date.parse(run.createdAt);
  const lastTold = Date.parse(view.history.events[moment.sequence - 1]?.timestamp ?? run.createdAt);
  const end = run.finishedAt ? Date.parse(run.finishedAt) : isLive ? Math.max(now, lastTold) : lastTold;
  const span = Math.max(1, end - begin);
  if (rows.length === 0) return <Empty title="No node has begun yet" />;
  return (
    <div className={classes.gantt}>
      <Scale span={span} />
      <VirtualList
        items={rows}
        size={() => rowHeight}
        height={Math.min(rows.length * rowHeight, 560)}
        label="Nodes by time"
        render={(row) => (
          <button
            type="button"
            className={classes.row}
            data-selected={row.path === search.node || undefined}
            data-row
            onClick={() => look({ node: row.path, tab: undefined })}
          >
            <span className={classes.name} style={{ paddingInlineStart: `${0.6 + row.depth * 0.9}rem` }}>
              <StatusMark status={row.status} />
              <span className="truncate">{row.path}</span>
            </span>
            <Bars row={row} begin={begin} end={end} />
          </button>
        )}
      />
    </div>
  );
}

function Bars({ row, begin, end }: { row: Row; begin: number; end: number }) {
  const span = Math.max(1, end - begin);
  return (
    <svg
      className={classes.bars}
      viewBox={`0 0 1000 ${rowHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {row.stretches.map((stretch, index) => {
        const x = ((stretch.from - begin) / span) * 1000;
        const width = Math.max(3, (((stretch.to ?? end) - stretch.from) / span) * 1000);
        const isThin = stretch.kind === 'queued' || stretch.kind === 'pause';
        return (
          <rect
            key={index}
            data-status={stretch.status}
            className={classes[stretch.kind]}
            x={x}
            width={width}
            y={isThin ? 13 : 7}
            height={isThin ? 4 : 16}
            rx={2}
          >
            <title>{stretch.title}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function Scale({ span }: { span: number }) {
  return (
    <div className={classes.scale} aria-hidden="true">
      <span className={classes.scaleName}>Node</span>
      <span className={classes.ticks}>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span key={part}>{formatDuration(span * part)}</span>
        ))}
      </span>
    </div>
  );
}

/** Rows of what is outside of loops, and of the iteration that is looked at behind its loop. */
function rowsOf(view: RunView): Row[] {
  const { history, moment, search } = view;
  const iteration = search.in;
  const loop = iteration?.replace(/\[\d+\]$/, '');
  const inIt = iteration === undefined ? [] : history.pathsIn(iteration).map((path) => rowOf(view, path, 1));
  return history
    .pathsIn('')
    .flatMap((path) => {
      const row = rowOf(view, path, 0);
      return path === loop ? [row, ...inIt] : [row];
    })
    .filter(({ path }) => moment.executions.has(path));
}

function rowOf({ history, moment }: RunView, path: string, depth: number): Row {
  const status = moment.executions.get(path)?.status ?? 'none';
  return { path, status, depth, stretches: stretchesOf(history.eventsOf(path, moment.sequence)) };
}

/** What begins with an event of a type. An attempt that a wait interrupts is over when the wait begins. */
const begins: Partial<Record<RunEvent['type'], Stretch['kind']>> = {
  'node.scheduled': 'queued',
  'node.started': 'attempt',
  'node.retrying': 'pause',
  'node.waiting': 'wait',
  'node.resumed': 'attempt',
};
const words = { queued: 'scheduled', attempt: 'attempt', pause: 'until the next attempt', wait: 'waiting' };

function stretchesOf(events: readonly RunEvent[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const event of events) {
    const kind = begins[event.type];
    if (kind === undefined && aside.includes(event.type)) continue;
    const last = stretches.at(-1);
    if (last && last.to === undefined) close(last, event);
    if (kind !== undefined) stretches.push(open(event, kind));
  }
  return stretches;
}

/** What happens inside an attempt ends nothing. */
const aside: readonly RunEvent['type'][] = ['node.log', 'node.progress'];

function open({ timestamp, data }: RunEvent, kind: Stretch['kind']): Stretch {
  const attempt = data.attempt === undefined ? '' : ` ${data.attempt}`;
  const title = words[kind] + attempt;
  return { from: Date.parse(timestamp), to: undefined, kind, status: data.status ?? 'running', title };
}

function close(stretch: Stretch, { type, timestamp, data }: RunEvent): void {
  stretch.to = Date.parse(timestamp);
  stretch.title += `, ${formatDuration(stretch.to - stretch.from)}`;
  if (stretch.kind !== 'attempt') return;
  stretch.status = type === 'node.retrying' ? 'failure' : (data.status ?? stretch.status);
}

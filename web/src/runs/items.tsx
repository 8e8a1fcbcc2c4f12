import { SegmentedControl, Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Definition } from '../../../src/engine/definition/definition.ts';
import { countOf } from '../show/count.ts';
import { Empty } from '../show/page.tsx';
import { StatusMark } from '../show/status.tsx';
import { VirtualList } from '../show/virtual-list.tsx';
import classes from './items.module.css';
import { nodeIdOf } from '../../../src/engine/log/path.ts';
import type { RunView } from './run-view.ts';
import { statusOfCounts } from './tally.ts';
import type { Counts } from './tally.ts';

const rowHeight = 32;
const filters: { value: string; label: string; fits: (counts: Counts) => boolean }[] = [
  { value: 'all', label: 'All', fits: () => true },
  { value: 'failure', label: 'Failed', fits: ({ failure = 0 }) => failure > 0 },
  {
    value: 'running',
    label: 'Under way',
    fits: (counts) => ['running', 'scheduled', 'waiting'].includes(statusOfCounts(counts)),
  },
  {
    value: 'success',
    label: 'Done',
    fits: (counts) => ['success', 'skipped'].includes(statusOfCounts(counts)),
  },
];

/** The items of a loop by the nodes of its body: who failed, and where. */
export function Items({ view, definition }: { view: RunView; definition: Definition | undefined }) {
  const { moment, search } = view;
  const loops = [...moment.tallies.loops.keys()];
  const looked = search.in?.replace(/\[\d+\]$/, '');
  const loop = loops.find((path) => path === looked) ?? loops[0];
  const filter = filters.find(({ value }) => value === search.items)?.value ?? 'all';
  const indexes = useMemo(
    () => indexesOf(view, loop, filter),
    [view.history, moment, moment.sequence, loop, filter],
  );
  if (loop === undefined)
    return <Empty title="No item yet">The items of a loop show here when its first iteration begins.</Empty>;
  const body = definition?.nodes[nodeIdOf(loop)]?.loopBody ?? [];
  return (
    <>
      <Choices view={view} loops={loops} loop={loop} filter={filter} count={indexes.length} />
      <Matrix view={view} loop={loop} indexes={indexes} body={body} />
    </>
  );
}

function Choices(given: { view: RunView; loops: string[]; loop: string; filter: string; count: number }) {
  const { view, loops, loop, filter, count } = given;
  return (
    <div className={classes.bar}>
      {loops.length > 1 && (
        <Select
          aria-label="Loop"
          data={loops}
          value={loop}
          onChange={(value) => view.look({ in: value ? `${value}[0]` : undefined })}
          allowDeselect={false}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label="Items"
        data={filters.map(({ value, label }) => ({ value, label }))}
        value={filter}
        onChange={(value) => view.look({ items: value === 'all' ? undefined : value })}
      />
      <span className="dim">{countOf(count, 'item')}</span>
    </div>
  );
}

function Matrix(given: { view: RunView; loop: string; indexes: number[]; body: readonly string[] }) {
  const { view, loop, indexes, body } = given;
  const columns = { gridTemplateColumns: `5.5rem repeat(${body.length}, minmax(6rem, 1fr))` };
  return (
    <div className={classes.scroll}>
      <div className={classes.head} style={columns} aria-hidden="true">
        <span>Item</span>
        {body.map((id) => (
          <span key={id}>{id}</span>
        ))}
      </div>
      {indexes.length === 0 && <Empty title="No item is like this" />}
      <VirtualList
        items={indexes}
        size={() => rowHeight}
        height={Math.min(Math.max(indexes.length, 1) * rowHeight, 520)}
        label="Items"
        render={(index) => (
          <Item view={view} scope={`${loop}[${index}]`} body={body} columns={columns} index={index} />
        )}
      />
    </div>
  );
}

function Item(given: {
  view: RunView;
  scope: string;
  body: readonly string[];
  columns: { gridTemplateColumns: string };
  index: number;
}) {
  const { view, scope, body, columns, index } = given;
  const { moment, search, look } = view;
  return (
    <div className={classes.row} style={columns} data-selected={search.in === scope || undefined}>
      <span className="mono">{index}</span>
      {body.map((id) => {
        const path = `${scope}/${id}`;
        const { status = 'none', attempt = 0 } = moment.executions.get(path) ?? {};
        return (
          <button
            key={id}
            type="button"
            className={classes.cell}
            aria-label={`${path}: ${status}`}
            onClick={() => look({ in: scope, node: path, tab: undefined })}
          >
            <StatusMark status={status} />
            {status === 'none' ? '' : status}
            {attempt > 1 && <span className="dim">×{attempt}</span>}
          </button>
        );
      })}
    </div>
  );
}

function indexesOf({ moment }: RunView, loop: string | undefined, filter: string): number[] {
  const items = loop === undefined ? [] : (moment.tallies.loops.get(loop) ?? []);
  const fits = filters.find(({ value }) => value === filter)?.fits;
  return [...items.entries()].flatMap(([index, counts]) => (counts && fits?.(counts) ? [index] : []));
}

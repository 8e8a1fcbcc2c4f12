import { MultiSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { countOf } from '../show/count.ts';
import { JsonView } from '../show/json-view.tsx';
import { Empty } from '../show/page.tsx';
import { Clock } from '../show/time.tsx';
import { VirtualList } from '../show/virtual-list.tsx';
import { detailOf } from './describe-event.ts';
import classes from './event-log.module.css';
import type { RunEvent } from './run-event.ts';
import type { RunView } from './run-view.ts';

const kinds = [
  { value: 'run.*', label: 'run.*' },
  { value: 'node.started', label: 'node.started' },
  { value: 'node.retrying', label: 'node.retrying' },
  { value: 'node.failed', label: 'node.failed' },
  { value: 'node.succeeded', label: 'node.succeeded' },
  { value: 'node.waiting', label: 'node.waiting' },
  { value: 'node.resumed', label: 'node.resumed' },
  { value: 'node.skipped', label: 'node.skipped' },
  { value: 'node.log', label: 'node.log' },
];

/** The log as it was recorded; a click goes to that place of it. */
export function EventLog({ view }: { view: RunView }) {
  const { history, moment, search, look } = view;
  const [open, setOpen] = useState<string>();
  const types = useMemo(() => (search.types ?? '').split(',').filter(Boolean), [search.types]);
  const find = search.find ?? '';
  const shown = useMemo(
    () => history.events.slice(0, moment.sequence).filter((event) => fits(event, types, find)),
    [history, moment, moment.sequence, types, find],
  );
  return (
    <>
      <Filters view={view} types={types} find={find} count={shown.length} />
      {shown.length === 0 && <Empty title="No event is like this" />}
      <VirtualList
        items={shown}
        size={() => 30}
        height={Math.min(Math.max(shown.length, 1) * 30 + (open === undefined ? 0 : 420), 560)}
        label="Events"
        keyOf={(event) => event.id}
        render={(event) => (
          <Row
            event={event}
            isOpen={open === event.id}
            onToggle={() => setOpen((last) => (last === event.id ? undefined : event.id))}
            onGo={() => look({ at: String(event.data.sequence) })}
          />
        )}
      />
    </>
  );
}

function Filters(given: { view: RunView; types: string[]; find: string; count: number }) {
  const { view, types, find, count } = given;
  const { look } = view;
  return (
    <div className={classes.bar}>
      <MultiSelect
        aria-label="Event types"
        placeholder={types.length === 0 ? 'All types' : ''}
        data={kinds}
        value={types}
        onChange={(chosen) => look({ types: chosen.join(',') || undefined })}
        clearable
        size="xs"
        w={260}
      />
      <TextInput
        aria-label="Find in the log"
        placeholder="Find a path or a text"
        value={find}
        onChange={(event) => look({ find: event.currentTarget.value || undefined })}
        size="xs"
        w={200}
      />
      <span className="dim">{countOf(count, 'event')}</span>
    </div>
  );
}

function Row(given: { event: RunEvent; isOpen: boolean; onToggle: () => void; onGo: () => void }) {
  const { event, isOpen, onToggle, onGo } = given;
  const { type, timestamp, data } = event;
  return (
    <div className={classes.event}>
      <button type="button" className={classes.row} aria-expanded={isOpen} onClick={onToggle} data-row>
        <span className={classes.number}>{data.sequence}</span>
        <span className={classes.time}>
          <Clock iso={timestamp} />
        </span>
        <span data-status={data.status} className={classes.type}>
          {type}
        </span>
        <span className="truncate">
          {data.path} <span className="dim">{detailOf(event)}</span>
        </span>
      </button>
      {isOpen && (
        <div className={classes.whole}>
          <button type="button" className={classes.go} onClick={onGo}>
            See the run as it was here
          </button>
          <JsonView value={event} label={`Event ${data.sequence}`} />
        </div>
      )}
    </div>
  );
}

function fits(event: RunEvent, types: readonly string[], find: string): boolean {
  const isOfType = types.length === 0 || types.some((type) => matches(type, event.type));
  if (!isOfType || find === '') return isOfType;
  return `${event.data.path ?? ''} ${event.type} ${detailOf(event)}`
    .toLowerCase()
    .includes(find.toLowerCase());
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

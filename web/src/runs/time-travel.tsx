import { ActionIcon, Button, Slider } from '@mantine/core';
import { Clock } from '../show/time.tsx';
import { describeEvent } from './describe-event.ts';
import type { RunView } from './run-view.ts';
import classes from './time-travel.module.css';

/** Goes to any place of the run's log: everything on the page is as it was then. */
export function TimeTravel({ view }: { view: RunView }) {
  const { history, moment, look, isOver } = view;
  const last = history.events.length;
  const event = history.events[moment.sequence - 1];
  const go = (sequence: number) => look({ at: sequence >= last ? undefined : String(Math.max(1, sequence)) });
  const isAtEnd = view.search.at === undefined;
  return (
    <section className={classes.bar} aria-label="Place in the log" data-past={!isAtEnd || undefined}>
      <ActionIcon
        variant="default"
        aria-label="Event before"
        disabled={moment.sequence <= 1}
        onClick={() => go(moment.sequence - 1)}
      >
        ‹
      </ActionIcon>
      <Slider
        className={classes.slider}
        thumbLabel="Place in the log"
        min={1}
        max={Math.max(2, last)}
        value={moment.sequence}
        onChange={go}
        label={null}
        size="sm"
      />
      <ActionIcon
        variant="default"
        aria-label="Next event"
        disabled={isAtEnd}
        onClick={() => go(moment.sequence + 1)}
      >
        ›
      </ActionIcon>
      <span className={classes.place}>
        <span className="mono">
          {moment.sequence}/{last}
        </span>{' '}
        {event && <Clock iso={event.timestamp} />}{' '}
        <span className="dim">{event && describeEvent(event)}</span>
      </span>
      {!isAtEnd && (
        <Button variant="light" size="compact-sm" onClick={() => look({ at: undefined })}>
          {isOver ? 'To the end' : 'Back to live'}
        </Button>
      )}
    </section>
  );
}

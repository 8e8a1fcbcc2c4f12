import classes from './status.module.css';

const words: Record<string, string> = { partial: 'partly failed', none: 'not reached' };

/** A state as a coloured mark with its word: colour alone says nothing to some. */
export function Status({ status, word = words[status] ?? status }: { status: string; word?: string }) {
  return (
    <span className={classes.status} data-status={status}>
      <StatusMark status={status} />
      {word}
    </span>
  );
}

const marks: Record<string, string> = {
  success: 'M3 8.5l3.2 3.2L13 5',
  failure: 'M4 4l8 8M12 4l-8 8',
  partial: 'M8 3.5v5.5M8 12v.6',
  cancelled: 'M4 8h8',
  skipped: 'M4 4.5l4 3.5-4 3.5M9 4.5l4 3.5-4 3.5',
  waiting: 'M6 4v8M10 4v8',
};

/** The mark of a state; a running one turns. */
export function StatusMark({ status }: { status: string }) {
  const mark = marks[status];
  return (
    <svg className={classes.mark} data-status={status} viewBox="0 0 16 16" aria-hidden="true">
      {mark ? <path d={mark} /> : <circle cx="8" cy="8" r="4.5" />}
    </svg>
  );
}

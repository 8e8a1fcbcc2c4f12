import { formatDuration } from '../show/duration.ts';
import classes from './phases.module.css';

/** Marks of an attempt, each in milliseconds since its begin, with the phase that ends there. */
const phases = { headersMs: 'connect, send, wait for the headers', totalMs: 'read the body' } as const;

/** How long each phase of an attempt took, as parts of a bar with their names below. */
export function Phases({ timings }: { timings: Readonly<Record<string, number>> }) {
  let before = 0;
  const lengths = Object.entries(phases).flatMap(([mark, name]) => {
    const at = timings[mark];
    if (at === undefined) return [];
    const ms = Math.max(0, at - before);
    before = at;
    return [{ name, ms }];
  });
  if (lengths.length === 0) return null;
  return (
    <ol className={classes.phases} aria-label="Phases of the attempt">
      {lengths.map(({ name, ms }) => (
        <li key={name} style={{ flexGrow: Math.max(ms, 1) }}>
          {name} {formatDuration(ms)}
        </li>
      ))}
    </ol>
  );
}

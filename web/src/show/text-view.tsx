import classes from './json-view.module.css';

/** A text as it is. */
export function TextView({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.box}>
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {text === '' ? '(empty)' : text}
      </pre>
    </div>
  );
}

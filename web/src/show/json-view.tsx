import { Button, CopyButton, Group, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { usePayload } from '../data/queries.ts';
import { formatBytes } from './count.ts';
import classes from './json-view.module.css';
import { Problem } from './page.tsx';

/** More characters than this are shown only when asked for. */
const mostShown = 20_000;

/** A JSON value, indented; a large one that is stored apart is read when it is asked for. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const [isWanted, setWanted] = useState(false);
  const large = largeValue(value);
  const { data, error, isLoading } = usePayload(large?.ref ?? '', isWanted && large !== undefined);
  if (!large) return <JsonText value={value} label={label} />;
  if (data !== undefined) return <JsonText value={data} label={label} />;
  return (
    <>
      {error && <Problem error={error} />}
      <Button variant="default" loading={isLoading} onClick={() => setWanted(true)}>
        Load the value ({formatBytes(large.bytes)})
      </Button>
    </>
  );
}

/** The place of a value that is stored apart: `{"$ref": "pl_…", "bytes": n}`. */
function largeValue(value: unknown): { ref: string; bytes: number } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { $ref: ref, bytes } = value as { $ref?: unknown; bytes?: unknown };
  if (typeof ref !== 'string' || typeof bytes !== 'number' || !ref.startsWith('pl_')) return undefined;
  return { ref, bytes };
}

function JsonText({ value, label }: { value: unknown; label: string }) {
  const [isWhole, setWhole] = useState(false);
  const text = JSON.stringify(value, null, 2) ?? 'undefined';
  const shown = isWhole ? text : text.slice(0, mostShown);
  return (
    <div className={classes.box}>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <UnstyledButton className={classes.copy} onClick={copy}>
            {copied ? 'copied' : 'copy'}
          </UnstyledButton>
        )}
      </CopyButton>
      <pre className={classes.text} tabIndex={0} aria-label={label} role="region">
        {tokensOf(shown).map(({ kind, part }, index) => (
          <span key={index} className={classes[kinds[kind]]}>
            {part}
          </span>
        ))}
      </pre>
      {shown.length < text.length && (
        <Group p="xs">
          <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
            Show all {formatBytes(text.length)}
          </Button>
        </Group>
      )}
    </div>
  );
}

/** Names of the classes: the box's own text has one too. */
const kinds = { name: 'name', text: 'string', value: 'value', plain: 'plain' } as const;

const token =
  /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*|[^"\d-]+?(?=["\d-]|\b(?:true|false|null)\b|$)|[\s\S]/g;

/** Parts of a JSON text by what they are. */
function tokensOf(text: string): { kind: 'name' | 'text' | 'value' | 'plain'; part: string }[] {
  return [...text.matchAll(token)].map(([part, quoted, colon]) => {
    if (quoted !== undefined) return { kind: colon === undefined ? 'text' : 'name', part };
    return { kind: /^(true|false|null|-?\d)/.test(part) ? 'value' : 'plain', part };
  });
}

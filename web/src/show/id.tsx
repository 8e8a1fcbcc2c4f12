import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core';

/** An id, shortened; whole on hover, and copied by a click. */
export function Id({ id, whole = false }: { id: string; whole?: boolean }) {
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `${id} – click to copy`}>
          <UnstyledButton className="mono" onClick={copy}>
            {whole ? id : shortId(id)}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** An id's kind and its first characters: enough to tell rows apart. */
export function shortId(id: string): string {
  const at = id.indexOf('_');
  return at < 0 || id.length <= at + 9 ? id : `${id.slice(0, at + 9)}…`;
}

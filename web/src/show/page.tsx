import { Alert, Button, Center, Loader, Paper, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { describeProblem } from '../data/problem.ts';
import classes from './page.module.css';

/** A page: its title (of the tab too), what can be done on it, and its content. */
export function Page(given: {
  title: string;
  heading?: ReactNode;
  above?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, heading = title, above, actions, children } = given;
  useEffect(() => void (document.title = `${title} · Hookloom`), [title]);
  return (
    <Stack gap="md">
      <header className={classes.header}>
        <div className={classes.heading}>
          {above}
          <Title order={1}>{heading}</Title>
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </Stack>
  );
}

/** A part of a page with its own heading. `flush`: its content goes to its edges. */
export function Panel(given: { title?: ReactNode; aside?: ReactNode; flush?: boolean; children: ReactNode }) {
  const { title, aside, flush = false, children } = given;
  return (
    <Paper component="section" withBorder className={classes.panel} data-flush={flush || undefined}>
      {(title || aside) && (
        <div className={classes.panelHead}>
          {title && <Title order={2}>{title}</Title>}
          {aside && <div className={classes.aside}>{aside}</div>}
        </div>
      )}
      <div className={classes.panelBody}>{children}</div>
    </Paper>
  );
}

/** What stands where nothing is yet: says what would be here, and how it comes. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap={6} p="xl" className={classes.empty}>
      <Text fw={600} ta="center">
        {title}
      </Text>
      <Text c="dimmed" size="sm" ta="center" maw="34rem" component="div">
        {children}
      </Text>
    </Stack>
  );
}

/** What went wrong, in the API's words, and a way to try again. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, detail, pointers } = describeProblem(error);
  return (
    <Alert color="red" title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{detail}</Text>
        {pointers.map((one) => (
          <Text key={one.pointer + one.detail} size="sm">
            <span className="mono">{one.pointer}</span> {one.detail}
          </Text>
        ))}
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Something is on its way. */
export function Loading({ what }: { what: string }) {
  return (
    <Center p="xl" role="status">
      <Loader size="sm" aria-hidden="true" />
      <VisuallyHidden>Loading {what}</VisuallyHidden>
    </Center>
  );
}

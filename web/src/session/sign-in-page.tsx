import { Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { clientFor } from '../data/client.ts';
import { Problem } from '../show/page.tsx';
import { keepKey } from './session.ts';

const signInRoute = getRouteApi('/sign-in');

/** Signs in with an API key, or with the one-time link of development. */
export function SignInPage() {
  const { next } = signInRoute.useSearch();
  const navigate = useNavigate();
  const [key, setKey] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const signIn = async (find: () => Promise<string>) => {
    setBusy(true);
    setError(undefined);
    try {
      const found = await find();
      await clientFor(found).get('/v1/whoami');
      keepKey(found);
      await navigate({ href: isOurs(next) ? next : '/', replace: true });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signIn(() => Promise.resolve(key.trim()));
  };
  useLink((token) => void signIn(() => redeem(token)));
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={420} radius="lg" bg="var(--hl-surface)">
        <form onSubmit={submit}>
          <Stack>
            <Introduction />
            {error !== undefined && <Problem error={error} />}
            <PasswordInput
              label="API key"
              placeholder="hl_…"
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              autoComplete="off"
              autoFocus
              required
            />
            <Button type="submit" size="sm" loading={isBusy}>
              Sign in
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function Introduction() {
  useEffect(() => void (document.title = 'Sign in · Hookloom'), []);
  return (
    <>
      <img src="/favicon.svg" alt="" width={40} height={40} />
      <Title order={1}>Sign in to Hookloom</Title>
      <Text size="sm" c="dimmed">
        With an API key. It is kept for this tab until you sign out or close it, and is sent to this server
        only. What the key may do decides what you see.
      </Text>
    </>
  );
}

/** Takes the token of a one-time link out of the address, once. */
function useLink(onToken: (token: string) => void): void {
  const isTaken = useRef(false);
  useEffect(() => {
    const token = location.hash.slice(1);
    if (token === '' || isTaken.current) return;
    isTaken.current = true;
    history.replaceState(history.state, '', location.pathname + location.search);
    onToken(token);
  });
}

async function redeem(token: string): Promise<string> {
  return (await clientFor(null).post('/v1/sign-in', { body: { token } })).apiKey;
}

/** Whether an address is one of this site: a link must not lead a fresh session elsewhere. */
function isOurs(next: string | undefined): next is string {
  return (
    next !== undefined && new URL(next, location.origin).origin === location.origin && next.startsWith('/')
  );
}

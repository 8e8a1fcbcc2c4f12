import { Button, Code, CopyButton, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys, useWhoami } from '../data/queries.ts';
import type { ApiKeyRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { hasScope, scopes } from '../session/scopes.ts';
import type { Scope } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Panel } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Ago, When } from '../show/time.tsx';

/** The keys of the organization: who may do what, and which ones are used. */
export function Keys() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string>();
  const list = useList(keys.apiKeys, (cursor, signal) => {
    const query = { limit: 50, cursor } as { limit: number };
    return api().get('/v1/api-keys', { params: { query }, signal });
  });
  return (
    <Stack gap="md">
      {made !== undefined && <MadeKey text={made} onClose={() => setMade(undefined)} />}
      <Panel flush title="API keys" aside={<Button onClick={() => setOpen(true)}>Make a key</Button>}>
        <ListTable<ApiKeyRow>
          list={list}
          what="keys"
          columns={[
            { head: 'Name', cell: ({ name }) => name },
            { head: 'Scope', cell: ({ scopes: given }) => given.join(', ') },
            { head: 'State', cell: (key) => <KeyState apiKey={key} /> },
            { head: 'Made', wide: true, cell: ({ createdAt }) => <Ago iso={createdAt} /> },
            { head: 'Last used', wide: true, cell: ({ lastUsedAt }) => <Maybe iso={lastUsedAt} /> },
            { head: '', cell: (key) => <Revoke apiKey={key} /> },
          ]}
          empty={<Empty title="No key" />}
        />
      </Panel>
      {isOpen && <MakeKey onMade={setMade} onClose={() => setOpen(false)} />}
    </Stack>
  );
}

/** A time that may not have come yet. */
export function Maybe({ iso }: { iso: string | null }) {
  return iso === null ? <span className="dim">never</span> : <Ago iso={iso} />;
}

function KeyState({ apiKey }: { apiKey: ApiKeyRow }) {
  const { revokedAt, expiresAt } = apiKey;
  if (revokedAt) return <Status status="cancelled" word="revoked" />;
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) return <Status status="cancelled" word="expired" />;
  if (!expiresAt) return <Status status="success" word="active" />;
  return (
    <span>
      <Status status="success" word="active" />{' '}
      <span className="dim">
        until <When iso={expiresAt} />
      </span>
    </span>
  );
}

function MadeKey({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <Panel
      title={<Status status="success" word="The key is made" />}
      aside={
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Stack gap="xs" align="flex-start" fz="sm">
        <strong>Copy it now: it is shown until you are done with it, and never again.</strong>
        <Group gap="xs">
          <Code style={{ overflowWrap: 'anywhere' }}>{text}</Code>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Panel>
  );
}

/** What each scope is for; it includes those before it. */
const uses: Record<Scope, string> = {
  read: 'see everything, follow streams',
  run: 'start, cancel, retry, resume, replay',
  write: 'change workflows, hooks, variables',
  admin: 'keys, credentials, audit',
  operator: 'other organizations, metrics',
};

const dayMs = 24 * 60 * 60 * 1000;
const lives = [
  { value: '', label: 'never' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
];

function MakeKey({ onMade, onClose }: { onMade: (text: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('read');
  const [days, setDays] = useState('');
  const { data: me } = useWhoami();
  const queries = useQueryClient();
  const make = async () => {
    const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString();
    const body = { name: name.trim(), scopes: [scope], expiresAt };
    const { apiKey } = await api().post('/v1/api-keys', { body });
    onMade(apiKey);
    await queries.invalidateQueries({ queryKey: keys.apiKeys });
  };
  const choices = scopes.filter((one) => me && hasScope(me, one));
  return (
    <Confirm
      title="Make a key"
      says="Whoever has the key may do what its scope allows, and what the scopes before it allow."
      does="Make the key"
      isDisabled={name.trim() === ''}
      onConfirm={make}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        required
      />
      <Select
        label="Scope"
        data={choices.map((one) => ({ value: one, label: `${one}: ${uses[one]}` }))}
        value={scope}
        onChange={(value) => setScope((value as Scope | null) ?? scope)}
        allowDeselect={false}
      />
      <Select
        label="Expires"
        data={lives}
        value={days}
        onChange={(value) => setDays(value ?? '')}
        allowDeselect={false}
      />
    </Confirm>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKeyRow }) {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const { data: me } = useWhoami();
  if (apiKey.revokedAt) return null;
  const revoke = async () => {
    await api().delete('/v1/api-keys/{id}', { params: { path: { id: apiKey.id } } });
    await queries.invalidateQueries({ queryKey: keys.apiKeys });
  };
  const isOwn = me?.keyId === apiKey.id;
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={() => setOpen(true)}>
        Revoke
      </Button>
      {isOpen && (
        <Confirm
          title={`Revoke “${apiKey.name}”`}
          says={`Whoever uses the key is refused from now on; its open streams end within a minute. It cannot be taken back.${isOwn ? ' It is the key that you are signed in with.' : ''}`}
          does="Revoke the key"
          isDangerous
          onConfirm={revoke}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

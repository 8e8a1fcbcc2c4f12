import { Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { CredentialRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { Confirm } from '../show/confirm.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Panel } from '../show/page.tsx';
import { Ago } from '../show/time.tsx';
import { Maybe } from './keys.tsx';

type Deed = { does: 'create' } | { does: 'replace' | 'delete'; credential: CredentialRow };

/** Stored credentials, without their values. */
export function Credentials() {
  const [deed, setDeed] = useState<Deed>();
  const list = useList(keys.credentials, (cursor, signal) => {
    const query = { limit: 50, cursor } as { limit: number };
    return api().get('/v1/credentials', { params: { query }, signal });
  });
  return (
    <Panel
      flush
      title="Credentials"
      aside={<Button onClick={() => setDeed({ does: 'create' })}>Store a credential</Button>}
    >
      <ListTable<CredentialRow>
        list={list}
        what="credentials"
        columns={[
          { head: 'Name', cell: ({ name }) => <span className="mono">{name}</span> },
          { head: 'Changed', cell: ({ updatedAt }) => <Ago iso={updatedAt} /> },
          { head: 'Last used', wide: true, cell: ({ lastUsedAt }) => <Maybe iso={lastUsedAt} /> },
          { head: '', cell: (credential) => <Actions credential={credential} onChoose={setDeed} /> },
        ]}
        empty={
          <Empty title="No credential is stored">
            A node reads one as <code>{'{{$secrets.name}}'}</code>. Its value is kept sealed, shows in no log,
            and is never read back.
          </Empty>
        }
      />
      {deed?.does === 'delete' && <Delete credential={deed.credential} onClose={() => setDeed(undefined)} />}
      {deed && deed.does !== 'delete' && (
        <Store
          {...(deed.does === 'replace' ? { credential: deed.credential } : {})}
          onClose={() => setDeed(undefined)}
        />
      )}
    </Panel>
  );
}

function Actions(given: { credential: CredentialRow; onChoose: (deed: Deed) => void }) {
  const { credential, onChoose } = given;
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button variant="default" size="compact-xs" onClick={() => onChoose({ does: 'replace', credential })}>
        Replace
      </Button>
      <Button variant="default" size="compact-xs" onClick={() => onChoose({ does: 'delete', credential })}>
        Delete
      </Button>
    </Group>
  );
}

/** Stores a new credential, or another value of one. */
function Store({ credential, onClose }: { credential?: CredentialRow; onClose: () => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const queries = useQueryClient();
  const store = async () => {
    if (credential)
      await api().put('/v1/credentials/{id}', { params: { path: { id: credential.id } }, body: { value } });
    else await api().post('/v1/credentials', { body: { name: name.trim(), value } });
    await queries.invalidateQueries({ queryKey: keys.credentials });
  };
  return (
    <Confirm
      title={credential ? `Replace ${credential.name}` : 'Store a credential'}
      says={
        credential
          ? 'Runs use the new value from their next attempt on.'
          : 'Its value can be used and never read again.'
      }
      does={credential ? 'Replace the value' : 'Store'}
      isDisabled={value === '' || (!credential && name.trim() === '')}
      onConfirm={store}
      onClose={onClose}
    >
      {!credential && (
        <TextInput
          label="Name"
          description="Letters, digits, _ and -, beginning with a letter."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
      )}
      <PasswordInput
        label="Value"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        autoComplete="off"
        required
      />
    </Confirm>
  );
}

function Delete({ credential, onClose }: { credential: CredentialRow; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = async () => {
    await api().delete('/v1/credentials/{id}', { params: { path: { id: credential.id } } });
    await queries.invalidateQueries({ queryKey: keys.credentials });
  };
  return (
    <Confirm
      title={`Delete ${credential.name}`}
      says="Nodes that name it fail from now on. Its value cannot be had back."
      does="Delete the credential"
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    />
  );
}

import { Button, Group, JsonInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { VariableRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { JsonView } from '../show/json-view.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Loading, Panel, Problem } from '../show/page.tsx';
import { Ago } from '../show/time.tsx';

type Row = VariableRow & { id: string };
type Deed = { does: 'create' } | { does: 'set' | 'delete' | 'history'; variable: Row };

/** The variables of the organization: what nodes read as `$variables`. */
export function Variables() {
  const [deed, setDeed] = useState<Deed>();
  const mayWrite = useMay('write');
  const close = () => setDeed(undefined);
  const list = useList<Row>(keys.variables, async (cursor, signal) => {
    const query = { limit: 50, cursor } as { limit: number };
    const page = await api().get('/v1/variables', { params: { query }, signal });
    return { ...page, items: page.items.map((row) => ({ ...row, id: row.name })) };
  });
  return (
    <Panel
      flush
      title="Variables"
      aside={mayWrite && <Button onClick={() => setDeed({ does: 'create' })}>Set a variable</Button>}
    >
      <ListTable<Row>
        list={list}
        what="variables"
        columns={[
          { head: 'Name', cell: ({ name }) => <span className="mono">{name}</span> },
          { head: 'Value', cell: ({ value }) => <Value value={value} /> },
          { head: 'Changed', wide: true, cell: ({ updatedAt }) => <Ago iso={updatedAt} /> },
          { head: '', cell: (variable) => <Actions variable={variable} onChoose={setDeed} /> },
        ]}
        empty={
          <Empty title="No variable is set">
            A node reads one as <code>{'{{$variables.name}}'}</code> when its attempt starts, and sets one
            with the node type set-variable.
          </Empty>
        }
      />
      {deed?.does === 'history' && <History name={deed.variable.name} onClose={close} />}
      {deed?.does === 'delete' && <Delete variable={deed.variable} onClose={close} />}
      {deed?.does === 'create' && <SetVariable onClose={close} />}
      {deed?.does === 'set' && <SetVariable variable={deed.variable} onClose={close} />}
    </Panel>
  );
}

function Value({ value }: { value: unknown }) {
  const text = JSON.stringify(value) ?? 'null';
  return (
    <span className="mono truncate" style={{ display: 'block', maxWidth: 'min(28rem, 38vw)' }} title={text}>
      {text}
    </span>
  );
}

function Actions({ variable, onChoose }: { variable: Row; onChoose: (deed: Deed) => void }) {
  const mayWrite = useMay('write');
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button variant="default" size="compact-xs" onClick={() => onChoose({ does: 'history', variable })}>
        History
      </Button>
      {mayWrite && (
        <>
          <Button variant="default" size="compact-xs" onClick={() => onChoose({ does: 'set', variable })}>
            Set
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => onChoose({ does: 'delete', variable })}>
            Delete
          </Button>
        </>
      )}
    </Group>
  );
}

/** Sets a variable: a new one only when there is none of its name, another only as it was seen. */
function SetVariable({ variable, onClose }: { variable?: Row; onClose: () => void }) {
  const [name, setName] = useState(variable?.name ?? '');
  const [text, setText] = useState(variable ? JSON.stringify(variable.value, null, 2) : '');
  const queries = useQueryClient();
  const put = async () => {
    const params = { path: { name: name.trim() } };
    const body = { value: JSON.parse(text) as never, version: variable?.version ?? 0 };
    await api().put('/v1/variables/{name}', { params, body });
    await queries.invalidateQueries({ queryKey: keys.variables });
  };
  return (
    <Confirm
      title={variable ? `Set ${variable.name}` : 'Set a variable'}
      says="Attempts that start from now on read the new value."
      does="Set"
      isDisabled={name.trim() === '' || !isJson(text)}
      onConfirm={put}
      onClose={onClose}
    >
      {!variable && (
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
      )}
      <JsonInput
        label="Value (JSON)"
        placeholder={'7, "a text", {"any": "value"}'}
        value={text}
        onChange={setText}
        autosize
        minRows={3}
        maxRows={14}
        validationError="This is no JSON"
        required
      />
    </Confirm>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function Delete({ variable, onClose }: { variable: Row; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = async () => {
    const params = { path: { name: variable.name }, query: { version: variable.version } };
    await api().delete('/v1/variables/{name}', { params });
    await queries.invalidateQueries({ queryKey: keys.variables });
  };
  return (
    <Confirm
      title={`Delete ${variable.name}`}
      says="Nodes that read it get nothing from now on. Its history stays."
      does="Delete the variable"
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    />
  );
}

function History({ name, onClose }: { name: string; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: [...keys.variables, name, 'history'],
    queryFn: ({ signal }) =>
      api().get('/v1/variables/{name}/history', { params: { path: { name }, query: { limit: 20 } }, signal }),
  });
  return (
    <Confirm
      title={`History of ${name}`}
      says="The last changes, newest first."
      does="Done"
      onConfirm={() => Promise.resolve()}
      onClose={onClose}
    >
      {error && <Problem error={error} />}
      {!data && !error && <Loading what="the history" />}
      {data?.items.map(({ version, value, isDeleted, createdAt }) => (
        <div key={version}>
          <span className="dim">
            version {version} · <Ago iso={createdAt} />
          </span>
          {isDeleted ? <div>deleted</div> : <JsonView value={value} label={`Version ${version}`} />}
        </div>
      ))}
    </Confirm>
  );
}

import { Button, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { WebhookSettings } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { JsonView } from '../show/json-view.tsx';
import { Loading, Panel, Problem } from '../show/page.tsx';
import { SchemaForm } from '../show/schema-form.tsx';
import { Status } from '../show/status.tsx';

/** How requests prove who sent them, and a form for each way. */
export function Verification({ webhook }: { webhook: WebhookSettings }) {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMay('write');
  const { type, ...settings } = webhook.verification as { type: string };
  return (
    <Panel
      title="Verification"
      aside={
        mayWrite &&
        !isOpen && (
          <Button variant="default" onClick={() => setOpen(true)}>
            Change
          </Button>
        )
      }
    >
      <Stack gap="sm" fz="sm">
        {type === 'none' ? (
          <span>
            <Status status="partial" word="none" /> Whoever knows the URL can start runs.
          </span>
        ) : (
          <Status status="success" word={type} />
        )}
        {Object.keys(settings).length > 0 && (
          <JsonView value={settings} label="Settings of the verification" />
        )}
        {isOpen && <Form webhook={webhook} onClose={() => setOpen(false)} />}
      </Stack>
    </Panel>
  );
}

function Form({ webhook, onClose }: { webhook: WebhookSettings; onClose: () => void }) {
  const [chosen, setChosen] = useState(String(webhook.verification['type']));
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: keys.verificationTypes,
    staleTime: Infinity,
    queryFn: ({ signal }) => api().get('/v1/verification-types', { signal }),
  });
  if (error) return <Problem error={error} />;
  if (!data) return <Loading what="the ways to verify" />;
  const schema = data.items.find(({ type }) => type === chosen)?.settings as JsonObject | undefined;
  const save = async (settings: Json) => {
    const params = { path: { id: webhook.workflowId } };
    const verification = { type: chosen, ...(settings as JsonObject) } as never;
    await api().put('/v1/workflows/{id}/webhook', { params, body: { verification } });
    await queries.invalidateQueries({ queryKey: keys.webhook(webhook.workflowId) });
    onClose();
  };
  return (
    <Stack gap="sm">
      <Select
        label="Sender"
        data={data.items.map(({ type }) => type)}
        value={chosen}
        onChange={(value) => setChosen(value ?? chosen)}
        allowDeselect={false}
        searchable
      />
      <Text size="sm" c="dimmed">
        Secrets are kept sealed and never shown again.
      </Text>
      <SchemaForm
        key={chosen}
        schema={formOf(schema)}
        buttons={[{ label: 'Save the verification' }]}
        onSubmit={save}
      />
      <Button variant="subtle" onClick={onClose}>
        Not now
      </Button>
    </Stack>
  );
}

/** Members that take the place of a single secret while it is replaced: the form asks for one. */
const lists = ['secrets', 'tokens'];

/** What the form asks for: everything but the type itself; of a secret or several of them, one. */
function formOf(schema: JsonObject | undefined): Json {
  const properties = Object.entries((schema?.['properties'] ?? {}) as JsonObject).filter(
    ([name]) => name !== 'type' && !lists.includes(name),
  );
  const secrets = properties
    .filter(([, one]) => (one as JsonObject)['writeOnly'] === true)
    .map(([name]) => name);
  const required = [...((schema?.['required'] ?? []) as string[]), ...secrets];
  return { type: 'object', properties: Object.fromEntries(properties), required };
}

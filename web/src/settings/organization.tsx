import { Button, Group, Select, Stack, TagsInput, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { nodeErrorTypes } from '../../../src/engine/log/error-types.ts';
import { api } from '../data/client.ts';
import { keys, useWorkflowNames, useWorkflows } from '../data/queries.ts';
import type { OwnOrganization } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { Id } from '../show/id.tsx';
import { Loading, Panel, Problem } from '../show/page.tsx';
import { When } from '../show/time.tsx';

/** The organization of the key, and what its failed runs start. */
export function Organization() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.organization,
    queryFn: ({ signal }) => api().get('/v1/organization', { signal }),
  });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the organization" />;
  return (
    <Stack gap="md">
      <Panel title={data.name}>
        <Group gap="sm" fz="sm">
          <Id id={data.id} whole />
          <span className="dim">
            since <When iso={data.createdAt} />
          </span>
        </Group>
      </Panel>
      <OnFailure organization={data} />
    </Stack>
  );
}

function OnFailure({ organization }: { organization: OwnOrganization }) {
  const [isOpen, setOpen] = useState(false);
  const nameOf = useWorkflowNames();
  const mayChange = useMay('admin');
  const { onFailure } = organization;
  return (
    <Panel
      title="When a run fails"
      aside={
        mayChange && (
          <Button variant="default" onClick={() => setOpen(true)}>
            Change
          </Button>
        )
      }
    >
      <Stack gap={4} fz="sm">
        {onFailure ? (
          <span>
            Starts{' '}
            <Link to="/workflows/$workflowId" params={{ workflowId: onFailure.workflowId }}>
              {nameOf(onFailure.workflowId)}
            </Link>{' '}
            {onFailure.when ? `for ${onFailure.when.join(', ')}.` : 'for every failure.'}
          </span>
        ) : (
          <span>Starts nothing.</span>
        )}
        <Text size="sm" c="dimmed">
          A workflow that says for itself what its failures start goes by that. Runs that a failure started
          start none.
        </Text>
      </Stack>
      {isOpen && <Change organization={organization} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

/** What a failure workflow may be narrowed to: statuses of runs, and types of errors. */
const suggestions = [...new Set(['failure', 'cancelled', 'partial', ...nodeErrorTypes])];

function Change({ organization, onClose }: { organization: OwnOrganization; onClose: () => void }) {
  const [workflowId, setWorkflowId] = useState(organization.onFailure?.workflowId ?? null);
  const [when, setWhen] = useState(organization.onFailure?.when ?? []);
  const { data: workflows = [] } = useWorkflows();
  const queries = useQueryClient();
  const change = async () => {
    const onFailure = workflowId === null ? null : { workflowId, ...(when.length > 0 ? { when } : {}) };
    await api().patch('/v1/organization', { body: { onFailure } });
    await queries.invalidateQueries({ queryKey: keys.organization });
  };
  return (
    <Confirm
      title="When a run fails"
      says="The workflow is started with the run, the node and the error in $trigger.body. Its trigger must be manual or a webhook."
      does="Save"
      onConfirm={change}
      onClose={onClose}
    >
      <Select
        label="Start the workflow"
        placeholder="none"
        data={workflows.map(({ id, name }) => ({ value: id, label: name }))}
        value={workflowId}
        onChange={setWorkflowId}
        searchable
        clearable
      />
      <TagsInput
        label="Only for"
        description="Statuses of runs or types of errors; none: every failure."
        data={suggestions}
        value={when}
        onChange={setWhen}
        disabled={workflowId === null}
      />
    </Confirm>
  );
}

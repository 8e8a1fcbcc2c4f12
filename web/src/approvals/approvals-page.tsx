import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys, useWorkflows } from '../data/queries.ts';
import type { WaitRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { RunLink } from '../runs/run-heading.tsx';
import { useMay } from '../session/scopes.ts';
import { shortId } from '../show/id.tsx';
import { JsonView } from '../show/json-view.tsx';
import { Empty, Loading, Page, Panel, Problem } from '../show/page.tsx';
import { Ago, When } from '../show/time.tsx';
import { AnswerForm } from './answer-form.tsx';
import classes from './approvals.module.css';

const here = getRouteApi('/shell/approvals');

/** What waits for somebody, with the form of each: the answer lets its run go on. */
export function ApprovalsPage() {
  const { workflowId } = here.useSearch();
  const navigate = useNavigate();
  const { data: workflows = [] } = useWorkflows();
  return (
    <Page
      title="Approvals"
      actions={
        <Select
          aria-label="Workflow"
          placeholder="Any workflow"
          data={workflows.map(({ id, name }) => ({ value: id, label: name }))}
          value={workflowId ?? null}
          onChange={(value) =>
            void navigate({ to: '/approvals', search: { workflowId: value ?? undefined }, replace: true })
          }
          clearable
          searchable
          w={220}
        />
      }
    >
      <Waits workflowId={workflowId} />
    </Page>
  );
}

function Waits({ workflowId }: { workflowId: string | undefined }) {
  const [answered, setAnswered] = useState<string>();
  const list = useList<WaitRow>(keys.waits({ workflowId }), (cursor, signal) => {
    const query = { workflowId, limit: 20, cursor } as { limit: number };
    return api().get('/v1/waits', { params: { query }, signal });
  });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = list;
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="approvals" />;
  const waits = data.pages.flatMap(({ items }) => items);
  return (
    <div className={classes.list}>
      {answered !== undefined && (
        <Alert color="green" role="status" withCloseButton onClose={() => setAnswered(undefined)}>
          Answered: {answered}
        </Alert>
      )}
      {waits.length === 0 && (
        <Empty title="Nothing waits for an answer">
          A run that comes to a <code>wait</code> with a form or with choices stands here until somebody
          answers it, here or by its link.
        </Empty>
      )}
      {waits.map((wait) => (
        <Wait key={wait.id} wait={wait} onAnswered={() => setAnswered(wait.title)} />
      ))}
      {hasNextPage && (
        <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older approvals
        </Button>
      )}
    </div>
  );
}

function Wait({ wait, onAnswered }: { wait: WaitRow; onAnswered: () => void }) {
  const { runId, path, title, description, formSchema, choices } = wait;
  const mayRun = useMay('run');
  return (
    <Panel title={title} aside={<Times wait={wait} />}>
      <Stack gap="sm">
        {description !== null && <Text className={classes.description}>{description}</Text>}
        <Place wait={wait} />
        {mayRun ? (
          <AnswerForm place={{ runId, path }} asked={{ formSchema, choices }} onAnswered={onAnswered} />
        ) : (
          formSchema !== null && <JsonView value={formSchema} label={`Form of ${title}`} />
        )}
      </Stack>
    </Panel>
  );
}

function Times({ wait: { startedAt, expiresAt, remindedAt } }: { wait: WaitRow }) {
  return (
    <span className="dim">
      <Ago iso={startedAt} />
      {remindedAt !== null && ', reminded'}
      {expiresAt !== null && (
        <>
          {' · until '}
          <When iso={expiresAt} />
        </>
      )}
    </span>
  );
}

function Place({ wait: { runId, path, workflowName } }: { wait: WaitRow }) {
  return (
    <Group gap="xs" fz="sm">
      <span>{workflowName}</span>
      <RunLink id={runId}>{`Run ${shortId(runId)}`}</RunLink>
      <span className="mono dim">{path}</span>
    </Group>
  );
}

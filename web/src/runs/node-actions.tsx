import { Button, Paper, Title } from '@mantine/core';
import { useState } from 'react';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';
import { api } from '../data/client.ts';
import { SchemaForm } from '../show/schema-form.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import type { RunView } from './run-view.ts';

/** The form of a wait: what is sent resumes it. */
export function ResumeForm({ view, path, input }: { view: RunView; path: string; input: Json | undefined }) {
  const schema = (input as JsonObject | undefined)?.['formSchema'];
  const resume = (data: Json) =>
    api().post('/v1/runs/{id}/nodes/{path}/resume', {
      params: { path: { id: view.runId, path } },
      body: { data },
    });
  return (
    <Paper withBorder p="sm" component="section" aria-label="Resume">
      <Title order={3} mb="xs">
        Waiting for an answer
      </Title>
      <SchemaForm schema={schema} does="Resume" onSubmit={resume} />
    </Paper>
  );
}

/** Starts a new run from this node. */
export function RetryFromHere({ view, path }: { view: RunView; path: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Retry from here
      </Button>
      {isOpen && <RetryDialog runId={view.runId} from={path} onClose={() => setOpen(false)} />}
    </>
  );
}

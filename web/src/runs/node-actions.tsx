import { Button, Paper, Title } from '@mantine/core';
import { useState } from 'react';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';
import { AnswerForm } from '../approvals/answer-form.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import type { RunView } from './run-view.ts';

/** The form of a wait: what is sent resumes it. */
export function ResumeForm({ view, path, input }: { view: RunView; path: string; input: Json | undefined }) {
  const asked = (input ?? {}) as JsonObject;
  return (
    <Paper withBorder p="sm" component="section" aria-label="Resume">
      <Title order={3} mb="xs">
        {typeof asked['title'] === 'string' ? asked['title'] : 'Waiting for an answer'}
      </Title>
      <AnswerForm place={{ runId: view.runId, path }} asked={asked} />
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

import { Button, Menu, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { Changes, useDiff } from './changes.tsx';
import { RunDialog } from './run-dialog.tsx';
import type { WorkflowView } from './workflow-view.ts';

type Deed = 'publish' | 'run' | 'pause' | 'resume' | 'archive' | 'unarchive';

/** What can be done with the workflow, for who may. */
export function WorkflowActions({ view }: { view: WorkflowView }) {
  const [deed, setDeed] = useState<Deed>();
  const [mayRun, mayWrite] = [useMay('run'), useMay('write')];
  const { status, liveVersion, latestVersion } = view.workflow;
  const canPublish = mayWrite && status !== 'archived' && liveVersion !== latestVersion;
  return (
    <>
      {mayRun && status !== 'archived' && (
        <Button variant="default" onClick={() => setDeed('run')}>
          Run
        </Button>
      )}
      {canPublish && <Button onClick={() => setDeed('publish')}>Publish version {latestVersion}</Button>}
      {mayWrite && <More status={status} onChoose={setDeed} />}
      {deed && <Dialog view={view} deed={deed} onClose={() => setDeed(undefined)} />}
    </>
  );
}

function Dialog({ view, deed, onClose }: DialogProps & { deed: Deed }) {
  if (deed === 'run') return <RunDialog workflow={view.workflow} onClose={onClose} />;
  if (deed === 'publish') return <Publish view={view} onClose={onClose} />;
  if (deed === 'resume') return <Resume view={view} onClose={onClose} />;
  return <ChangeState view={view} deed={deed} onClose={onClose} />;
}

function More({ status, onChoose }: { status: string; onChoose: (deed: Deed) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" aria-label="More">
          ⋯
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {status === 'active' && <Menu.Item onClick={() => onChoose('pause')}>Pause</Menu.Item>}
        {status === 'paused' && <Menu.Item onClick={() => onChoose('resume')}>Resume</Menu.Item>}
        {status === 'archived' ? (
          <Menu.Item onClick={() => onChoose('unarchive')}>Take out of the archive</Menu.Item>
        ) : (
          <Menu.Item onClick={() => onChoose('archive')}>Archive</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Calls a route that changes the workflow, and reads it again. */
export function useChange({ workflow }: Pick<WorkflowView, 'workflow'>) {
  const queries = useQueryClient();
  return async (change: () => Promise<unknown>) => {
    await change();
    await Promise.all(
      [keys.workflow(workflow.id), ['workflowRows'], ['workflows'], keys.schedule(workflow.id)].map(
        (queryKey) => queries.invalidateQueries({ queryKey }),
      ),
    );
  };
}

interface DialogProps {
  view: WorkflowView;
  onClose: () => void;
}

function Publish({ view, onClose }: DialogProps) {
  const { id, liveVersion, latestVersion } = view.workflow;
  const change = useChange(view);
  const diff = useDiff(id, liveVersion ?? undefined, latestVersion);
  const params = { path: { id } };
  const publish = () => {
    const body = { expectedVersion: latestVersion };
    return change(() => api().post('/v1/workflows/{id}/publish', { params, body }));
  };
  return (
    <Confirm
      title={`Publish version ${latestVersion}`}
      says={
        liveVersion === null
          ? 'Makes the workflow live: what comes in starts runs from now on.'
          : `Makes version ${latestVersion} live in place of ${liveVersion}. Runs that are under way keep theirs.`
      }
      does="Publish"
      onConfirm={publish}
      onClose={onClose}
    >
      {view.draft.isChanged && <strong>What you have changed since is not saved, and not part of it.</strong>}
      {liveVersion !== null && <Changes diff={diff} isShort />}
    </Confirm>
  );
}

const fates = [
  { value: 'keep', label: 'stays held' },
  { value: 'run', label: 'starts runs, in order' },
  { value: 'discard', label: 'is discarded' },
] as const;

function Resume({ view, onClose }: DialogProps) {
  const [held, setHeld] = useState<(typeof fates)[number]['value']>('keep');
  const change = useChange(view);
  const params = { path: { id: view.workflow.id } };
  return (
    <Confirm
      title="Resume the workflow"
      says="What comes in starts runs again."
      does="Resume"
      onConfirm={() => change(() => api().post('/v1/workflows/{id}/resume', { params, body: { held } }))}
      onClose={onClose}
    >
      <Select
        label="What was held meanwhile"
        data={fates}
        value={held}
        onChange={(value) => setHeld(value ?? held)}
        allowDeselect={false}
      />
    </Confirm>
  );
}

const deeds = {
  pause: {
    title: 'Pause the workflow',
    says: 'What comes in starts no run. It is held, or refused, as the webhook says; the schedule does not fire. Runs that are under way go on.',
    does: 'Pause',
    isDangerous: false,
  },
  archive: {
    title: 'Archive the workflow',
    says: 'Nothing starts it any more, by no way, and its URL answers 404. Its runs stay. It can be taken out of the archive.',
    does: 'Archive',
    isDangerous: true,
  },
  unarchive: {
    title: 'Take out of the archive',
    says: 'It is paused then, or a draft when it was never published: nothing runs until you resume or publish it.',
    does: 'Take out',
    isDangerous: false,
  },
} as const;

function ChangeState({ view, deed, onClose }: DialogProps & { deed: keyof typeof deeds }) {
  const change = useChange(view);
  const navigate = useNavigate();
  const params = { path: { id: view.workflow.id } };
  const act = async () => {
    if (deed === 'pause') await change(() => api().post('/v1/workflows/{id}/pause', { params, body: {} }));
    if (deed === 'unarchive')
      await change(() => api().post('/v1/workflows/{id}/unarchive', { params, body: {} }));
    if (deed !== 'archive') return;
    await change(() => api().delete('/v1/workflows/{id}', { params }));
    await navigate({ to: '/workflows' });
  };
  return <Confirm {...deeds[deed]} onConfirm={act} onClose={onClose} />;
}

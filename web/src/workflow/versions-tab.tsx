import { Button, Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { VersionRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Panel } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Ago } from '../show/time.tsx';
import { Changes, useDiff } from './changes.tsx';
import { useChange } from './workflow-actions.tsx';
import type { WorkflowView } from './workflow-view.ts';

/** Every version of a workflow: what has changed between two of them, and which one is live. */
export function VersionsTab({ view }: { view: WorkflowView }) {
  const { search, workflow } = view;
  const from = Number(search.from ?? workflow.liveVersion ?? Math.max(1, workflow.latestVersion - 1));
  const to = Number(search.to ?? workflow.latestVersion);
  return (
    <Stack gap="md">
      <Panel flush title="Versions">
        <Versions view={view} />
      </Panel>
      {workflow.latestVersion > 1 && <Compare view={view} from={from} to={to} />}
    </Stack>
  );
}

function Compare({ view, from, to }: { view: WorkflowView; from: number; to: number }) {
  const { workflow, look } = view;
  const diff = useDiff(workflow.id, from, to);
  const numbers = Array.from({ length: workflow.latestVersion }, (_, index) => String(index + 1)).reverse();
  return (
    <Panel
      flush
      title="What has changed"
      aside={
        <Group gap="xs">
          <Select
            aria-label="From version"
            data={numbers}
            value={String(from)}
            onChange={(value) => look({ from: value ?? undefined })}
            allowDeselect={false}
            w={90}
          />
          to
          <Select
            aria-label="To version"
            data={numbers}
            value={String(to)}
            onChange={(value) => look({ to: value ?? undefined })}
            allowDeselect={false}
            w={90}
          />
        </Group>
      }
    >
      <Changes diff={diff} />
    </Panel>
  );
}

function Versions({ view }: { view: WorkflowView }) {
  const { id, liveVersion } = view.workflow;
  const list = useList<VersionRow & { id: string }>(keys.versionList(id), async (cursor, signal) => {
    const params = { path: { id }, query: { limit: 20, cursor } as { limit: number } };
    const page = await api().get('/v1/workflows/{id}/versions', { params, signal });
    return { ...page, items: page.items.map((row) => ({ ...row, id: String(row.version) })) };
  });
  return (
    <ListTable
      list={list}
      what="versions"
      columns={[
        { head: 'Version', cell: ({ version }) => <strong>{version}</strong> },
        {
          head: 'State',
          cell: ({ version }) =>
            version === liveVersion ? (
              <Status status="success" word="live" />
            ) : (
              <span className="dim">–</span>
            ),
        },
        { head: 'Saved', cell: ({ createdAt }) => <Ago iso={createdAt} /> },
        {
          head: 'Content',
          wide: true,
          cell: ({ contentHash }) => (
            <span className="mono dim" title={contentHash}>
              {contentHash.slice(0, 12)}
            </span>
          ),
        },
        { head: '', cell: ({ version }) => <VersionActions view={view} version={version} /> },
      ]}
      empty={<Empty title="No version" />}
    />
  );
}

function VersionActions({ view, version }: { view: WorkflowView; version: number }) {
  const [isOpen, setOpen] = useState(false);
  const { status, liveVersion, latestVersion } = view.workflow;
  const mayWrite = useMay('write');
  const isOlder = liveVersion !== null && version !== liveVersion && version < latestVersion;
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      {version > 1 && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => view.look({ from: String(version - 1), to: String(version) })}
        >
          What changed
        </Button>
      )}
      {mayWrite && isOlder && status !== 'archived' && (
        <Button variant="default" size="compact-xs" onClick={() => setOpen(true)}>
          Roll back to {version}
        </Button>
      )}
      {isOpen && <RollBack view={view} version={version} onClose={() => setOpen(false)} />}
    </Group>
  );
}

function RollBack(given: { view: WorkflowView; version: number; onClose: () => void }) {
  const { view, version, onClose } = given;
  const { id, liveVersion } = view.workflow;
  const change = useChange(view);
  const diff = useDiff(id, liveVersion ?? undefined, version);
  const params = { path: { id } };
  const body = {
    targetVersion: version,
    ...(liveVersion === null ? {} : { expectedCurrentVersion: liveVersion }),
  };
  return (
    <Confirm
      title={`Roll back to version ${version}`}
      says={`Makes version ${version} live again in place of ${liveVersion}. Runs that are under way keep theirs; no version is lost.`}
      does="Roll back"
      onConfirm={() => change(() => api().post('/v1/workflows/{id}/rollback', { params, body }))}
      onClose={onClose}
    >
      <Changes diff={diff} isShort />
    </Confirm>
  );
}

import { Button, Group, NumberInput, Stack, Table } from '@mantine/core';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { concurrencyOf } from '../../../src/engine/flow/flow-settings.ts';
import type { FlowSettings } from '../../../src/engine/flow/flow-settings.ts';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { FlowLane, WholeWorkflow } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { countOf, formatNumber } from '../show/count.ts';
import { formatDuration } from '../show/duration.ts';
import { JsonView } from '../show/json-view.tsx';
import { Empty, Loading, Panel, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Ago } from '../show/time.tsx';
import classes from './workflow.module.css';

/** What bounds how many runs of a workflow go at a time; `undefined` when nothing does. */
export function flowOf({ definition }: WholeWorkflow): FlowSettings | undefined {
  return definition.settings['flow'] as FlowSettings | undefined;
}

/** The limits of a workflow, and the lanes that its runs go in. */
export function FlowTab({ workflow, flow }: { workflow: WholeWorkflow; flow: FlowSettings }) {
  const scopes = concurrencyOf(flow).flatMap(({ scope }) => (scope === undefined ? [] : [scope]));
  const owners = [...new Set([workflow.id, ...scopes])];
  const pages = useQueries({
    queries: owners.map((owner) => ({
      queryKey: keys.flow(owner),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api().get('/v1/flow', { params: { query: { owner, limit: 100 } }, signal }),
    })),
  });
  const error = pages.find((page) => page.error)?.error;
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        {error && <Problem error={error} />}
        {owners.map((owner, index) => (
          <Owner
            key={owner}
            owner={owner}
            name={owner === workflow.id ? 'Lanes of this workflow' : `Lanes of the scope ${owner}`}
            page={pages[index]?.data}
            isLive={workflow.liveVersion !== null}
          />
        ))}
      </Stack>
      <Panel title="Limits of the newest version">
        <JsonView value={flow} label="Limits" />
      </Panel>
    </div>
  );
}

interface LanePage {
  items: FlowLane[];
  paused: string[];
}

function Owner(given: { owner: string; name: string; page: LanePage | undefined; isLive: boolean }) {
  const { owner, name, page, isLive } = given;
  const mayWrite = useMay('write') && isLive;
  if (!page) return <Loading what="lanes" />;
  const isPaused = page.paused.includes(owner);
  return (
    <Panel
      flush
      title={name}
      aside={
        <>
          {isPaused && <Status status="waiting" word="paused" />}
          {mayWrite && <PauseOrResume owner={owner} isPaused={isPaused} />}
        </>
      }
    >
      {page.items.length === 0 ? (
        <Empty title="No lane yet">A lane is there as soon as a run has been judged by its limit.</Empty>
      ) : (
        <Lanes lanes={page.items} mayWrite={mayWrite} />
      )}
    </Panel>
  );
}

function Lanes({ lanes, mayWrite }: { lanes: readonly FlowLane[]; mayWrite: boolean }) {
  const [chosen, setChosen] = useState<FlowLane>();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Key</Table.Th>
          <Table.Th>Running</Table.Th>
          <Table.Th>Waiting</Table.Th>
          <Table.Th visibleFrom="sm">Longest</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lanes.map((lane) => (
          <Table.Tr key={lane.id}>
            <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
              {lane.key ?? <span className="dim">no key</span>}
            </Table.Td>
            <Table.Td>
              <Taken lane={lane} />
            </Table.Td>
            <Table.Td>{formatNumber(lane.waiting)}</Table.Td>
            <Table.Td visibleFrom="sm">
              {lane.oldestAt ? <Ago iso={lane.oldestAt} /> : <span className="dim">–</span>}
            </Table.Td>
            <Table.Td>
              <Group justify="flex-end">
                {mayWrite && lane.kind === 'concurrency' && (
                  <Button variant="default" size="compact-xs" onClick={() => setChosen(lane)}>
                    Limit
                  </Button>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      {chosen && <Override lane={chosen} onClose={() => setChosen(undefined)} />}
    </Table>
  );
}

function Taken({ lane }: { lane: FlowLane }) {
  const { kind, running, limit, override, perMs } = lane;
  const most = `${formatNumber(running)} of ${formatNumber(override ?? limit)}`;
  if (kind === 'rate') return `${most} in ${formatDuration(perMs ?? 0)}`;
  return (
    <>
      {most}
      {override !== null && <div className="dim">instead of {formatNumber(limit)}</div>}
    </>
  );
}

function Override({ lane, onClose }: { lane: FlowLane; onClose: () => void }) {
  const { owner, key, index, limit, override } = lane;
  const [value, setValue] = useState<number | string>(override ?? limit);
  const queries = useQueryClient();
  const change = async () => {
    const body = {
      limit: value === '' ? null : Number(value),
      ...(key === null ? {} : { key }),
      ...(index === null ? {} : { index }),
    };
    await api().patch('/v1/flow/{owner}/limits', { params: { path: { owner } }, body });
    await queries.invalidateQueries({ queryKey: keys.flow(owner) });
  };
  return (
    <Confirm
      title={key === null ? 'Limit of the lane without a key' : `Limit of the lane ${key}`}
      says={`Holds in the place of the definition's ${countOf(limit, 'run')} at a time, until it is taken away. Runs that have started go on.`}
      does={value === '' ? 'Take the override away' : 'Set the limit'}
      onConfirm={change}
      onClose={onClose}
    >
      <NumberInput
        label="Runs at a time"
        description="0 lets none start; empty goes by the definition again."
        value={value}
        onChange={setValue}
        min={0}
        allowDecimal={false}
      />
    </Confirm>
  );
}

function PauseOrResume({ owner, isPaused }: { owner: string; isPaused: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const params = { path: { owner } };
  const change = async () => {
    if (isPaused) await api().post('/v1/flow/{owner}/resume', { params, body: {} });
    else await api().post('/v1/flow/{owner}/pause', { params, body: {} });
    await queries.invalidateQueries({ queryKey: keys.flow(owner) });
  };
  const does = isPaused ? 'Let runs start' : 'Let no run start';
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {does}
      </Button>
      {isOpen && (
        <Confirm
          title={does}
          says={
            isPaused
              ? 'Runs that wait start again, as the limits allow.'
              : 'What comes in is taken, and its runs wait until this is undone. Runs that have started go on.'
          }
          does={does}
          onConfirm={change}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

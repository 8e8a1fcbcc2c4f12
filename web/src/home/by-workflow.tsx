import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWorkflowNames } from '../data/queries.ts';
import type { RunStats } from '../data/types.ts';
import { formatNumber } from '../show/count.ts';
import { Empty } from '../show/page.tsx';
import { endedOf, Rate } from '../show/rate.tsx';
import classes from './home.module.css';

const shown = 12;
const layers = ['success', 'partial', 'failure'] as const;

/** How the runs of each workflow end; the busiest first. */
export function ByWorkflow({ stats }: { stats: RunStats }) {
  const nameOf = useWorkflowNames();
  if (stats.workflows.length === 0)
    return (
      <Empty title="No workflow ran in this time">
        How the runs of each end shows here. New ones are made, or imported, at{' '}
        <Link to="/workflows">Workflows</Link>.
      </Empty>
    );
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="45%">Workflow</Table.Th>
          <Table.Th>Runs</Table.Th>
          <Table.Th>Success</Table.Th>
          <Table.Th visibleFrom="sm">Share</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stats.workflows.slice(0, shown).map((counted) => (
          <Table.Tr key={counted.workflowId}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Link to="/workflows/$workflowId" params={{ workflowId: counted.workflowId }} data-row>
                {nameOf(counted.workflowId)}
              </Link>
            </Table.Td>
            <Table.Td>{formatNumber(counted.total)}</Table.Td>
            <Table.Td>
              <Rate counted={counted} />
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Share counted={counted} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** How the runs that have ended are shared out; the words stand beside it. */
function Share({ counted }: { counted: RunStats['workflows'][number] }) {
  const ended = Math.max(1, endedOf(counted));
  let x = 0;
  return (
    <svg className={classes.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {layers.map((status) => {
        const width = ((counted.byStatus[status] ?? 0) / ended) * 100;
        x += width;
        return <rect key={status} data-status={status} x={x - width} width={width} height="1" />;
      })}
    </svg>
  );
}

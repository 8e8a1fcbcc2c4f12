import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { AuditRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { Id } from '../show/id.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Panel } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { When } from '../show/time.tsx';

/** Who asked for which change, and what was answered. */
export function Audit() {
  const list = useList(keys.audit, (cursor, signal) => {
    const query = { limit: 50, cursor } as { limit: number };
    return api().get('/v1/audit', { params: { query }, signal });
  });
  return (
    <Panel flush title="Changes that were asked for, newest first">
      <ListTable<AuditRow>
        list={list}
        what="changes"
        columns={[
          { head: 'When', cell: ({ createdAt }) => <When iso={createdAt} /> },
          { head: 'What', cell: ({ action, resource }) => <What action={action} resource={resource} /> },
          { head: 'Answer', cell: ({ status }) => <AnswerStatus status={status} /> },
          { head: 'Key', wide: true, cell: ({ keyId }) => <Id id={keyId} /> },
          { head: 'From', wide: true, cell: ({ remoteAddress }) => remoteAddress },
        ]}
        empty={<Empty title="Nothing was changed yet" />}
      />
    </Panel>
  );
}

/** The method is the route's, the path the one that was called. */
function What({ action, resource }: { action: string; resource: string }) {
  return (
    <span className="mono" style={{ overflowWrap: 'anywhere' }}>
      {action.split(' ')[0]} {resource}
    </span>
  );
}

function AnswerStatus({ status }: { status: number | null }) {
  if (status === null) return <Status status="running" word="under way" />;
  return <Status status={status < 400 ? 'success' : 'failure'} word={String(status)} />;
}

import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { WebhookSettings, WholeWorkflow } from '../data/types.ts';
import { JsonView } from '../show/json-view.tsx';
import { Loading, Panel, Problem } from '../show/page.tsx';
import { LastRequests } from './last-requests.tsx';
import { Verification } from './verification.tsx';
import { WebhookUrl } from './webhook-url.tsx';
import classes from './workflow.module.css';

/** How a workflow is reached from outside: its URL, how requests prove who sent them, and the last that came. */
export function WebhookTab({ workflow }: { workflow: WholeWorkflow }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.webhook(workflow.id),
    queryFn: ({ signal }) =>
      api().get('/v1/workflows/{id}/webhook', { params: { path: { id: workflow.id } }, signal }),
  });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the webhook" />;
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        <WebhookUrl workflow={workflow} webhook={data} />
        <LastRequests workflow={workflow} webhook={data} />
      </Stack>
      <Stack gap="md">
        <Verification webhook={data} />
        <Panel title="How requests are taken">
          <JsonView value={rulesOf(data)} label="Settings of the webhook" />
        </Panel>
      </Stack>
    </div>
  );
}

function rulesOf(webhook: WebhookSettings): object {
  const { dedupe, methods, respond, contentTypes, ipAllowList, handshake, filter, whenPaused, maxBodyBytes } =
    webhook;
  return { dedupe, methods, respond, contentTypes, ipAllowList, handshake, filter, whenPaused, maxBodyBytes };
}

import { Alert, Stack, Text } from '@mantine/core';
import { JsonView } from '../show/json-view.tsx';
import { Panel } from '../show/page.tsx';
import type { RunView } from './run-view.ts';

/** What the run began with and what it came to. */
export function RunValues({ view }: { view: RunView }) {
  const { history, moment } = view;
  const begin = history.events[0];
  const error = moment.run?.error;
  const end = moment.run?.finishedAt ? history.events[moment.sequence - 1] : undefined;
  return (
    <Stack gap="md">
      {error && (
        <Alert color="red" title={error.type}>
          {error.message}
        </Alert>
      )}
      {end?.data.output !== undefined && (
        <Panel title="Output">
          <JsonView value={end.data.output} label="Output of the run" />
        </Panel>
      )}
      <Panel title="Input">
        <JsonView value={begin?.data.input} label="Input of the run" />
      </Panel>
      <Panel title="Trigger">
        <JsonView value={begin?.data.trigger} label="Trigger" />
      </Panel>
      <Text size="sm" c="dimmed">
        Click a node to see what went in and what came out.
      </Text>
    </Stack>
  );
}

/** What the client's types refuse: `tsc` fails when one of these lines compiles. Nothing here runs. */
import type { HookloomClient } from '../../src/client/index.ts';

/** Misuses of a client, one a line. */
export async function misuse(client: HookloomClient): Promise<void> {
  // @ts-expect-error no such path
  await client.get('/v1/nope');
  // @ts-expect-error a path parameter is missing
  await client.get('/v1/runs/{id}');
  // @ts-expect-error another parameter's name
  await client.get('/v1/runs/{id}', { params: { path: { runId: 'run_1' } } });
  // @ts-expect-error the path has no such method
  await client.delete('/v1/workflows');
  // @ts-expect-error the body lacks `name`
  await client.post('/v1/workflows', { body: { definition: {} } });
  // @ts-expect-error the query has no such member
  await client.get('/v1/runs', { params: { query: { colour: 'red' } } });
  // @ts-expect-error no status of a run
  await client.get('/v1/runs', { params: { query: { status: 'done' } } });
  // @ts-expect-error the answer has no such member
  void (await client.runs.get('run_1')).colour;
  // @ts-expect-error no list
  client.list('/livez');
  for await (const event of client.runs.follow('run_1')) {
    // @ts-expect-error no event type
    void (event.type === 'node.exploded');
    // @ts-expect-error known only of events of a node that was retried
    if (event.type === 'node.started') event.data.nextAttemptAt satisfies string;
  }
}

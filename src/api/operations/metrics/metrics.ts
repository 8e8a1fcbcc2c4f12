/** What a monitoring system reads, in Prometheus' text format. Names follow its conventions: base units, `_total`. */
import type { Db } from 'mongodb';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { readBacklog } from '../../../store/upkeep/stats.ts';

/** The metrics of one API process. */
export interface Metrics {
  /** Notes an answered request. `route` is the route's path as in OpenAPI, which holds no secret. */
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** The text of all metrics, and its content type. */
  read(): Promise<{ text: string; contentType: string }>;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Creates the metrics. What is under way is counted in MongoDB when they are read, so that any process tells the same. */
export function createMetrics(db: Db, openStreams: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'hookloom_http_request_duration_seconds',
    help: 'Time to answer a request of the API; of a stream, how long it was open',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `hookloom_${name}`, help, labelNames, registers });
  const streams = gauge('streams_open', 'Open streams of this process');
  const openRuns = gauge('runs_open', 'Runs that have not ended, over all processes', 'status');
  const waiting = gauge(
    'relay_waiting',
    'Rows that wait to be carried to Temporal, over all processes',
    'kind',
  );
  const schedules = gauge('schedules', 'Schedules of published workflows, over all processes', 'state');
  const flowWaiting = gauge('flow_waiting', 'Runs that flow control lets wait, over all processes');
  const flowOldest = gauge('flow_oldest_waiting_seconds', 'How long that run has waited that waits longest');
  return {
    observeRequest: ({ seconds, ...labels }) => requests.observe(labels, seconds),
    async read() {
      const backlog = await readBacklog(db);
      streams.set(openStreams());
      for (const [status, count] of Object.entries(backlog.openRuns)) openRuns.set({ status }, count);
      for (const [kind, count] of Object.entries(backlog.waiting)) waiting.set({ kind }, count);
      for (const [state, count] of Object.entries(backlog.schedules)) schedules.set({ state }, count);
      flowWaiting.set(backlog.flow.waiting);
      flowOldest.set(backlog.flow.oldestSeconds);
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

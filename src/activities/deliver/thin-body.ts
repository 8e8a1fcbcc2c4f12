import type { EventEnvelope } from '../../store/log/events.ts';

/** Members that a thin payload leaves out. Source: the contract, execution hooks. */
const heavyMembers = ['result', 'output', 'input', 'request'];

/** The event without results, outputs and error details. */
export function thinBody(body: string): string {
  const envelope = JSON.parse(body) as EventEnvelope;
  const data = Object.fromEntries(
    Object.entries(envelope.data).filter(([name]) => !heavyMembers.includes(name)),
  );
  const error = data['error'];
  if (typeof error === 'object' && error !== null && !Array.isArray(error)) {
    const { details: _details, ...rest } = error;
    data['error'] = rest;
  }
  return JSON.stringify({ ...envelope, data });
}

/** What the examples have in common: one order, its workflow, its run, its hook. */

/** An id as the examples have it: where they are tried, ids of things that are there take their place. */
export const idOf = (prefix: string): string => `${prefix}_k3q7x2m5w4h6j2n5p7r4t6v3ya`;

/** A time of the examples, so many milliseconds after the request came. */
export const at = (ms = 0): string => new Date(Date.UTC(2026, 10, 24, 10, 15, 30, 144) + ms).toISOString();

export const since = '2026-11-24T10:00:00Z';
export const order = { order: 'o-4711', amount: 129.5 };
export const charge = {
  method: 'POST',
  url: 'https://api.example/charges',
  body: { order: '{{$trigger.body.order}}', amount: '{{$trigger.body.amount}}' },
};
export const definition = {
  nodes: {
    root: { type: 'webhook', children: ['charge'] },
    charge: { type: 'http-request', payload: charge },
  },
};
export const charged = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: { charged: true },
};

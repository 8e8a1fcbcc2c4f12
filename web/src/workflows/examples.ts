/** A workflow as a file holds it. */
export interface WorkflowFile {
  name: string;
  description?: string;
  definition: unknown;
  webhook?: object;
}

/** The examples that come with Hookloom, and the least that a workflow can be. */
export const examples: readonly WorkflowFile[] = [
  ...Object.values(
    import.meta.glob<WorkflowFile>('../../../examples/*.json', { eager: true, import: 'default' }),
  ),
  {
    name: 'Empty workflow',
    description: 'A webhook and one node that writes a line to the log.',
    definition: {
      nodes: {
        root: { type: 'webhook', children: ['note'] },
        note: { type: 'log', payload: { message: 'received {{$trigger.body}}' } },
      },
    },
  },
];

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../data/client.ts';
import type { WorkflowFile } from './examples.ts';
import { keepFreshUrl } from './fresh-urls.ts';

/** Creates a workflow and goes to it. */
export function useCreateWorkflow(): (given: WorkflowFile) => Promise<void> {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return async ({ name, description, definition, webhook }) => {
    const body = {
      name,
      definition,
      ...(description ? { description } : {}),
      ...(webhook ? { webhook } : {}),
    };
    const { id, webhook: made } = await api().post('/v1/workflows', { body });
    keepFreshUrl(id, made?.url);
    await queries.invalidateQueries({ queryKey: ['workflows'] });
    await navigate({ to: '/workflows/$workflowId', params: { workflowId: id } });
  };
}

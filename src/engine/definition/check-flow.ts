/** What can be wrong with `settings.flow` beside its form. */
import type { DefinitionGraph } from './definition-graph.ts';
import { nodeOf } from './definition.ts';
import { problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';

/** Only requests of a webhook are gathered: what other triggers start is told its run at once. */
export function checkFlow({ definition, rootId }: DefinitionGraph): Problem[] {
  const type = rootId === undefined ? undefined : nodeOf(definition, rootId)?.type;
  const { flow = {} } = definition.settings;
  if (type === undefined || type === 'webhook') return [];
  return (['debounce', 'batch'] as const)
    .filter((name) => flow[name] !== undefined)
    .map((name) =>
      problem(
        'field_without_effect',
        `/settings/flow/${name}`,
        `${name}: expected only with a webhook trigger; the trigger is ${quote(type)}`,
      ),
    );
}

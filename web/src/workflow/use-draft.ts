import { useMemo, useState } from 'react';
import type { WholeWorkflow } from '../data/types.ts';
import { textOfDefinition } from './compact-definition.ts';

/** A definition that is being edited. */
export interface Draft {
  text: string;
  /** The newest version when editing began. */
  base: number;
  isChanged: boolean;
  change: (text: string) => void;
  /** Goes on with what is saved by now. */
  reset: () => void;
}

interface Edited {
  id: string;
  text: string;
  base: number;
}

/** The text of a workflow's newest definition until it is edited, then what was written. */
export function useDraft(workflow: WholeWorkflow | undefined): Draft {
  const [edited, setEdited] = useState<Edited>();
  const { id, latestVersion } = workflow ?? { id: '', latestVersion: 0 };
  const saved = useMemo(() => (workflow ? textOfDefinition(workflow.definition as never) : ''), [workflow]);
  const own = edited?.id === id ? edited : undefined;
  const { text, base } = own ?? { text: saved, base: latestVersion };
  return {
    text,
    base,
    isChanged: text !== saved,
    change: (next) => setEdited({ id, text: next, base }),
    reset: () => setEdited(undefined),
  };
}

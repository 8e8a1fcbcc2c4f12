import { Button, Group, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Ref } from 'react';
import type { EditorState } from '@codemirror/state';
import type { JsonObject } from '../../../src/engine/json/json.ts';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import { completeDefinition } from '../editor/complete-definition.ts';
import { JsonEditor } from '../editor/json-editor.tsx';
import type { JsonEditorHandle } from '../editor/json-editor.tsx';
import { pathAt } from '../editor/json-places.ts';
import { useMay } from '../session/scopes.ts';
import { countOf } from '../show/count.ts';
import { Panel, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { DefinitionGraph } from './definition-graph.tsx';
import classes from './workflow.module.css';
import { keepFreshUrl } from '../workflows/fresh-urls.ts';
import { useProblems } from './use-problems.ts';
import type { Judged } from './use-problems.ts';
import type { WorkflowView } from './workflow-view.ts';

/** The definition as a graph and as a text, side by side: what is chosen in one is shown in the other. */
export function DefinitionTab({ view }: { view: WorkflowView }) {
  const { draft, search } = view;
  const judged = useProblems(draft.text);
  const editor = useRef<JsonEditorHandle>(null);
  const reveal = (pointer: string) => editor.current?.reveal(pointer);
  const begun = useRef(search.node);
  useEffect(() => {
    if (begun.current !== undefined) reveal(`/nodes/${begun.current}`);
  }, []);
  const select = (id: string | undefined) => {
    view.look({ node: id });
    if (id !== undefined) reveal(`/nodes/${id}`);
  };
  return (
    <div className={classes.columns}>
      <Panel flush title="Graph" aside={<span className="dim">Click a node to see its text</span>}>
        <div className={classes.graph}>
          <DefinitionGraph
            input={judged.input}
            remarks={judged.remarks}
            selected={search.node}
            onSelect={select}
          />
        </div>
      </Panel>
      <TextPanel view={view} judged={judged} editor={editor} onReveal={reveal} />
    </div>
  );
}

function TextPanel(given: {
  view: WorkflowView;
  judged: Judged;
  editor: Ref<JsonEditorHandle>;
  onReveal: (pointer: string) => void;
}) {
  const { view, judged, editor, onReveal } = given;
  const { workflow, draft, look } = view;
  const mayWrite = useMay('write') && workflow.status !== 'archived';
  const complete = useCompletion();
  const followCursor = (state: EditorState) => {
    const [root, id] = pathAt(state, state.selection.main.head);
    look({ node: root === 'nodes' ? id : undefined });
  };
  return (
    <Panel
      flush
      title="Definition"
      aside={mayWrite ? <Save view={view} judged={judged} /> : <span className="dim">read only</span>}
    >
      <div className={classes.editor}>
        <JsonEditor
          text={draft.text}
          label="Definition"
          isReadOnly={!mayWrite}
          remarks={judged.remarks}
          complete={complete}
          onChange={draft.change}
          onPlace={followCursor}
          handle={editor}
        />
      </div>
      <Problems judged={judged} onReveal={onReveal} />
    </Panel>
  );
}

function useCompletion() {
  const { data } = useQuery({
    queryKey: keys.definitionSchema,
    staleTime: Infinity,
    queryFn: ({ signal }) => api().get('/v1/definition-schema', { signal }),
  });
  return useMemo(() => data && completeDefinition(data as JsonObject), [data]);
}

function Save({ view, judged }: { view: WorkflowView; judged: Judged }) {
  const { workflow, draft } = view;
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const queries = useQueryClient();
  const hasErrors = judged.remarks.some(({ severity }) => severity === 'error');
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const params = { path: { id: workflow.id } };
      const body = { definition: JSON.parse(draft.text) as unknown, expectedVersion: draft.base };
      const saved = await api().put('/v1/workflows/{id}', { params, body });
      keepFreshUrl(workflow.id, saved.webhook?.url);
      await queries.invalidateQueries({ queryKey: keys.workflow(workflow.id) });
      draft.reset();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {error !== undefined && <Problem error={error} />}
      {draft.isChanged && (
        <Button variant="default" onClick={draft.reset}>
          Undo all
        </Button>
      )}
      <Button
        loading={isBusy}
        disabled={!draft.isChanged || hasErrors || !judged.isSettled}
        onClick={() => void save()}
      >
        {draft.isChanged ? 'Save as a new version' : 'Saved'}
      </Button>
    </>
  );
}

function Problems({ judged, onReveal }: { judged: Judged; onReveal: (pointer: string) => void }) {
  const { remarks, error } = judged;
  const errors = remarks.filter(({ severity }) => severity === 'error').length;
  return (
    <section className={classes.problems} aria-label="Problems">
      <Group gap="xs" role="status">
        {errors === 0 ? (
          <Status status="success" word="No problem" />
        ) : (
          <Status status="failure" word={countOf(errors, 'problem')} />
        )}
        {remarks.length > errors && (
          <Status status="partial" word={countOf(remarks.length - errors, 'warning')} />
        )}
      </Group>
      {error !== null && error !== undefined && <Problem error={error} />}
      <ul className={classes.remarks}>
        {remarks.map(({ severity, pointer, message }) => (
          <li key={pointer + message}>
            <UnstyledButton className={classes.remark} onClick={() => onReveal(pointer)} data-row>
              <Status status={severity === 'error' ? 'failure' : 'partial'} word={severity} />
              <span>
                <span className="mono">{pointer || '/'}</span> {message}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

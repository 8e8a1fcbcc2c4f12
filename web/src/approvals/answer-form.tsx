import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { choicesOf } from '../../../src/engine/definition/choices.ts';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';
import { api } from '../data/client.ts';
import { SchemaForm } from '../show/schema-form.tsx';

/** The form of a wait, with a button for each of its choices: what is sent lets its run go on. */
export function AnswerForm(given: {
  place: { runId: string; path: string };
  asked: { formSchema?: unknown; choices?: unknown };
  onAnswered?: () => void;
}) {
  const { place, asked, onAnswered } = given;
  const [name, setName] = useState('');
  const queries = useQueryClient();
  const choices = choicesOf(asked.choices as Json | undefined);
  const answer = async (data: Json, choice: string | undefined) => {
    const { runId, path } = place;
    await api().post('/v1/runs/{id}/nodes/{path}/resume', {
      params: { path: { id: runId, path } },
      body: {
        data: choice === undefined ? data : { ...(data as JsonObject | null), choice },
        ...(name.trim() === '' ? {} : { name: name.trim() }),
      },
    });
    onAnswered?.();
    await queries.invalidateQueries({ queryKey: ['waits'] });
  };
  return (
    <SchemaForm
      schema={asked.formSchema as Json | undefined}
      isOptional={choices.length > 0}
      buttons={choices.length > 0 ? choices : [{ label: 'Resume' }]}
      onSubmit={answer}
    >
      <TextInput
        label="Who answers"
        description="Stands in the log; can be left empty."
        autoComplete="name"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </SchemaForm>
  );
}

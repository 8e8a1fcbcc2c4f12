import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../show/confirm.tsx';
import { useCreateWorkflow } from './create-workflow.ts';
import { examples } from './examples.ts';
import classes from './workflows.module.css';

/** Begins a workflow from an example. */
export function NewWorkflow({ onClose }: { onClose: () => void }) {
  const create = useCreateWorkflow();
  const [chosen, setChosen] = useState(0);
  const [name, setName] = useState('');
  const example = examples[chosen] ?? { name: '', definition: {} };
  return (
    <Confirm
      title="New workflow"
      says="Begins as a draft: nothing runs until you publish it."
      does="Create"
      onConfirm={() => create({ ...example, name: name.trim() || example.name })}
      onClose={onClose}
    >
      <Radio.Group label="Begin with" value={String(chosen)} onChange={(value) => setChosen(Number(value))}>
        <Stack gap={6} mt={6}>
          {examples.map(({ name: label, description }, index) => (
            <Radio.Card key={label} value={String(index)} className={classes.card} aria-label={label}>
              <span className={classes.cardMark}>
                <Radio.Indicator />
              </span>
              <span className={classes.cardText}>
                <strong>{label}</strong>
                <span className="dim">{description}</span>
              </span>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label="Name"
        placeholder={example.name}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Confirm>
  );
}

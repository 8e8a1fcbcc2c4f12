import {
  Button,
  JsonInput,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';
import { Problem } from './page.tsx';
import classes from './schema-form.module.css';

/** A button that sends a form. */
export interface FormButton {
  label: string;
  /** What it stands for. */
  value?: string;
}

/** A form made of a JSON Schema: a field for each member of an object, a text of JSON for anything else. */
export function SchemaForm(given: {
  schema: Json | undefined;
  /** Whether nothing is asked for where there is no schema. */
  isOptional?: boolean;
  buttons: readonly FormButton[];
  /** What stands below the fields. */
  children?: ReactNode;
  /** @throws whatever the API answers; its problems are shown */
  onSubmit: (data: Json, button: string | undefined) => Promise<unknown>;
}) {
  const { schema, isOptional = false, buttons, children, onSubmit } = given;
  const fields = fieldsOf(schema);
  const isFree = !fields && !(isOptional && !isObject(schema));
  const [values, setValues] = useState<JsonObject>(() => defaultsOf(fields));
  const [text, setText] = useState('null');
  const read = () => (isFree ? (JSON.parse(text) as Json) : fields ? filled(values) : null);
  const { busy, error, submit } = useSubmit(({ value }) => onSubmit(read(), value));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        const pressed = buttons[Number((submitter as HTMLButtonElement | null)?.value)];
        if (pressed) void submit(pressed);
      }}
    >
      <Stack gap="sm">
        {buttons.length > 1 && <NoButton />}
        {fields?.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name]}
            onChange={(value) => setValues((last) => ({ ...last, [field.name]: value }))}
          />
        ))}
        {isFree && <AnyValue text={text} onChange={setText} />}
        {children}
        {error !== undefined && <Problem error={error} />}
        <Buttons buttons={buttons} busy={busy} />
      </Stack>
    </form>
  );
}

/** Sends a form by one of its buttons at a time. `busy`: the label of that button. */
function useSubmit(send: (button: FormButton) => Promise<unknown>) {
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<unknown>();
  const submit = async (button: FormButton) => {
    setBusy(button.label);
    setError(undefined);
    try {
      await send(button);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(undefined);
    }
  };
  return { busy, error, submit };
}

function Buttons({ buttons, busy }: { buttons: readonly FormButton[]; busy: string | undefined }) {
  return (
    <div className={classes.buttons}>
      {buttons.map(({ label }, index) => (
        <Button
          key={label}
          type="submit"
          value={index}
          variant={index === 0 ? 'filled' : 'default'}
          loading={busy === label}
          disabled={busy !== undefined}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

/** Enter in a field presses the first button: without the one that does nothing it would choose for somebody. */
function NoButton() {
  return <button type="submit" disabled hidden />;
}

interface FieldModel {
  name: string;
  schema: JsonObject;
  isRequired: boolean;
}

function fieldsOf(schema: Json | undefined): FieldModel[] | undefined {
  if (!isObject(schema)) return undefined;
  const { properties, required } = schema;
  if (!isObject(properties)) return undefined;
  const names = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    schema: isObject(inner) ? inner : {},
    isRequired: names.includes(name),
  }));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function defaultsOf(fields: readonly FieldModel[] | undefined): JsonObject {
  const given = (fields ?? []).flatMap(({ name, schema, isRequired }): [string, Json][] => {
    if (schema['default'] !== undefined) return [[name, schema['default']]];
    return schema['type'] === 'boolean' && isRequired ? [[name, false]] : [];
  });
  return Object.fromEntries(given);
}

/** A field that was left empty is left out. */
function filled(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}

interface FieldProps {
  schema: JsonObject;
  common: Common;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

function Field(given: { field: FieldModel; value: Json | undefined; onChange: (value: Json) => void }) {
  const { field, value, onChange } = given;
  const { name, schema, isRequired } = field;
  const common = {
    label: typeof schema['title'] === 'string' ? schema['title'] : name,
    description: typeof schema['description'] === 'string' ? schema['description'] : undefined,
    required: isRequired,
  };
  const kind = Array.isArray(schema['enum']) ? 'enum' : String(schema['type']);
  const Input = inputs[kind] ?? TextField;
  return <Input schema={schema} common={common} value={value} onChange={onChange} />;
}

function Choice({ schema, common, value, onChange }: FieldProps) {
  const choices = (schema['enum'] as Json[]).map(String);
  const chosen = value === undefined ? null : String(value);
  return <Select {...common} data={choices} value={chosen} onChange={(next) => onChange(next ?? '')} />;
}

function YesNo({ common: { label, description }, value, onChange }: FieldProps) {
  return (
    <Switch
      label={label}
      description={description}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function NumberField({ schema, common, value, onChange }: FieldProps) {
  return (
    <NumberInput
      {...common}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(next === '' ? '' : Number(next))}
      allowDecimal={schema['type'] === 'number'}
    />
  );
}

interface Common {
  label: string;
  description: string | undefined;
  required: boolean;
}

/** Texts that may be longer than this get a field of several lines. */
const longText = 200;

function TextField({ schema, common, value, onChange }: FieldProps) {
  const text = typeof value === 'string' ? value : '';
  const many = Number(schema['maxLength']) > longText ? Textarea : TextInput;
  const Input = schema['writeOnly'] === true ? PasswordInput : many;
  return <Input {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}

function JsonField({ common, onChange }: FieldProps) {
  const [text, setText] = useState('');
  const change = (next: string) => {
    setText(next);
    try {
      onChange(JSON.parse(next) as Json);
    } catch {
      onChange(next);
    }
  };
  return (
    <JsonInput
      {...common}
      value={text}
      onChange={change}
      autosize
      minRows={2}
      validationError="This is no JSON"
    />
  );
}

function AnyValue({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  return (
    <JsonInput
      label="Data (JSON)"
      description="There is no form: any JSON value."
      value={text}
      onChange={onChange}
      autosize
      minRows={3}
      validationError="This is no JSON"
    />
  );
}

/** How a member is asked for, by its type. */
const inputs: Record<string, (props: FieldProps) => ReactNode> = {
  enum: Choice,
  boolean: YesNo,
  integer: NumberField,
  number: NumberField,
  object: JsonField,
  array: JsonField,
};

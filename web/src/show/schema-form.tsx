import { Button, JsonInput, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';
import { Problem } from './page.tsx';

/** A form made of a JSON Schema: a field for each member of an object, a text of JSON for anything else. */
export function SchemaForm(given: {
  schema: Json | undefined;
  /** What the button says. */
  does: string;
  /** @throws whatever the API answers; its problems are shown */
  onSubmit: (data: Json) => Promise<unknown>;
}) {
  const { schema, does, onSubmit } = given;
  const fields = fieldsOf(schema);
  const [values, setValues] = useState<JsonObject>(() => defaultsOf(fields));
  const [text, setText] = useState('null');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit(fields ? filled(values) : (JSON.parse(text) as Json));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        {fields?.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name]}
            onChange={(value) => setValues((last) => ({ ...last, [field.name]: value }))}
          />
        ))}
        {!fields && <AnyValue text={text} onChange={setText} />}
        {error !== undefined && <Problem error={error} />}
        <Button type="submit" loading={isBusy}>
          {does}
        </Button>
      </Stack>
    </form>
  );
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
  const Input = Number(schema['maxLength']) > longText ? Textarea : TextInput;
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

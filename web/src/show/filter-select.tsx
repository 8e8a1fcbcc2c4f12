import { Select } from '@mantine/core';

/** Narrows a list to one of some values; `any`: what stands there while it is not narrowed. */
export function FilterSelect(given: {
  label: string;
  any: string;
  data: readonly string[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { label, any, data, value, onChange } = given;
  return (
    <Select
      aria-label={label}
      placeholder={any}
      data={[...data]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      clearable
      w={150}
    />
  );
}

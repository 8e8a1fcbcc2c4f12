import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../data/client.ts';
import type { Remark } from '../editor/json-editor.tsx';

/** What follows the keys so that not each of them is judged, in milliseconds. */
const typingMs = 300;

/** What is wrong with a text. */
export interface Judged {
  /** `undefined` while the text is no JSON. */
  input: unknown;
  remarks: readonly Remark[];
  /** Whether this is the judgement of the text as it is now. */
  isSettled: boolean;
  error: unknown;
}

/** Lets the API judge a definition as it is written; a text that is no JSON is judged here. */
export function useProblems(text: string): Judged {
  const [settled] = useDebouncedValue(text, typingMs);
  const read = parse(settled);
  const { data, error, isPlaceholderData, isPending } = useQuery({
    queryKey: ['validate', settled],
    enabled: !('syntax' in read),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      api().post('/v1/workflows/validate', {
        body: { definition: (read as { value: unknown }).value },
        signal,
      }),
  });
  if ('syntax' in read)
    return { input: undefined, remarks: [read.syntax], isSettled: settled === text, error: null };
  const isSettled = settled === text && !isPlaceholderData && !isPending;
  return { input: read.value, remarks: data?.problems ?? none, isSettled, error };
}

const none: readonly Remark[] = [];

function parse(text: string): { value: unknown } | { syntax: Remark } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = `This is no JSON: ${(error as Error).message}`;
    return { syntax: { severity: 'error', pointer: '', message } };
  }
}

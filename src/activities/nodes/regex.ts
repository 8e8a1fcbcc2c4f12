import { RE2JS } from 're2js';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

/**
 * Matches a text in time linear in it. `matches`: with `global` every whole match, else the first match and its groups.
 */
export const runRegex: NodeCode = ({ payload }) => {
  const matcher = compile(String(payload['pattern'] ?? '')).matcher(textOf(payload['text']));
  const matches: (string | null)[] = [];
  if (payload['global'] === true || payload['global'] === 'true') {
    while (matcher.find()) matches.push(matcher.group());
  } else if (matcher.find()) {
    for (let group = 0; group <= matcher.groupCount(); group += 1) matches.push(matcher.group(group) ?? null);
  }
  return { value: { matched: matches.length > 0, matches } };
};

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (cause) {
    const message = `pattern: expected a regular expression without look-around and back references; ${(cause as Error).message}`;
    throw new NodeFailure({ type: 'invalid_input', message, retryable: false }, { cause });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

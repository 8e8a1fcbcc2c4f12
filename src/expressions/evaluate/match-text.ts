import { RE2JS } from 're2js';

/** A search in a text. */
export interface TextSearch {
  text: string;
  pattern: string;
  /** Every whole match, rather than the first one with its groups. */
  global: boolean;
}

/** What is said of a pattern that cannot be used. */
export const expectedPattern = 'expected a regular expression without look-around and back references';

/** Reads a pattern. @throws RE2JSSyntaxException when it is malformed, or needs more than time linear in the text */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(pattern));
}

/** Searches in time linear in the text. @throws RE2JSSyntaxException as `compilePattern` */
export function matchText({ text, pattern, global }: TextSearch): (string | null)[] {
  const matcher = compilePattern(pattern).matcher(text);
  const matches: (string | null)[] = [];
  if (global) while (matcher.find()) matches.push(matcher.group());
  else if (matcher.find())
    for (let group = 0; group <= matcher.groupCount(); group += 1) matches.push(matcher.group(group) ?? null);
  return matches;
}

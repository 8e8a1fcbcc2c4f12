import { RE2JS } from 're2js';

/** A search in a text. */
export interface TextSearch {
  text: string;
  pattern: string;
  /** Every match, rather than the first one. */
  global: boolean;
}

/** What is said of a pattern that cannot be used. */
export const expectedPattern = 'expected a regular expression without look-around and back references';

/** Reads a pattern. @throws RE2JSSyntaxException when it is malformed, or needs more than time linear in the text */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(pattern));
}

/**
 * What a search finds. Without named groups a list: of all whole matches with `global`, else of the first one with its
 * groups. With named groups an object per match: `0` is the whole, the others by their names.
 */
export type Found = (string | null)[] | Record<string, string | null> | Record<string, string | null>[];

/** Searches in time linear in the text. @throws RE2JSSyntaxException as `compilePattern` */
export function matchText({ text, pattern, global }: TextSearch): Found {
  const compiled = compilePattern(pattern);
  const matcher = compiled.matcher(text);
  const names = Object.entries(compiled.namedGroups());
  if (names.length > 0) return namedMatches(matcher, names, global);
  const matches: (string | null)[] = [];
  if (global) while (matcher.find()) matches.push(matcher.group());
  else if (matcher.find())
    for (let group = 0; group <= matcher.groupCount(); group += 1) matches.push(matcher.group(group) ?? null);
  return matches;
}

function namedMatches(
  matcher: ReturnType<RE2JS['matcher']>,
  names: readonly [string, number][],
  global: boolean,
): Exclude<Found, (string | null)[]> {
  const matches: Record<string, string | null>[] = [];
  while ((global || matches.length === 0) && matcher.find()) {
    const nameOf = (group: number) => names.find(([, index]) => index === group)?.[0] ?? String(group);
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => group);
    matches.push(Object.fromEntries(groups.map((group) => [nameOf(group), matcher.group(group) ?? null])));
  }
  return global ? matches : (matches[0] ?? {});
}

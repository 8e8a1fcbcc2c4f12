import { RE2JS } from 're2js';

/** A search in a text. */
export interface TextSearch {
  text: string;
  pattern: string;
  /** Every whole match, rather than the first one with its groups. */
  global: boolean;
}

/** Searches in time linear in the text. @throws RE2JSSyntaxException when the pattern needs more, or is malformed */
export function matchText({ text, pattern, global }: TextSearch): (string | null)[] {
  const matcher = RE2JS.compile(RE2JS.translateRegExp(pattern)).matcher(text);
  const matches: (string | null)[] = [];
  if (global) while (matcher.find()) matches.push(matcher.group());
  else if (matcher.find())
    for (let group = 0; group <= matcher.groupCount(); group += 1) matches.push(matcher.group(group) ?? null);
  return matches;
}

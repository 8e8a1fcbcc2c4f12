import { RE2JS } from 're2js';

/**
 * What JSONata needs of a regular expression, in time linear in the text. Back references and look-around do not exist.
 * It stands in for the built-in class, so it is made from the built-in object that JSONata's parser made.
 */
export class LinearRegex {
  /** Where the next search begins; moved behind each match. */
  lastIndex = 0;
  private readonly compiled: RE2JS;
  private last: { text: string; matcher: ReturnType<RE2JS['matcher']> } | undefined;

  /** @throws RE2JSSyntaxException when the pattern needs more than linear time, or is malformed */
  constructor(pattern: RegExp) {
    const flags =
      (pattern.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (pattern.multiline ? RE2JS.MULTILINE : 0);
    this.compiled = RE2JS.compile(RE2JS.translateRegExp(pattern), flags);
  }

  /** The next match: the whole, then its groups, with its place; `null` when there is none. */
  exec(text: string): (Array<string | undefined> & { index: number }) | null {
    if (this.last?.text !== text) this.last = { text, matcher: this.compiled.matcher(text) };
    const { matcher } = this.last;
    if (!matcher.find(Math.min(this.lastIndex, text.length))) return null;
    const count = matcher.groupCount();
    const groups = Array.from({ length: count + 1 }, (_, index) => matcher.group(index) ?? undefined);
    this.lastIndex = matcher.end();
    return Object.assign(groups, { index: matcher.start() });
  }
}

/** Forms of times: Luxon's tokens as JSONata's pictures. */
import { NotCarriedError } from '../report.ts';

const tokens: Record<string, string> = {
  yyyy: '[Y0001]',
  yy: '[Y01]',
  MMMM: '[MNn]',
  MMM: '[MNn,3-3]',
  MM: '[M01]',
  M: '[M1]',
  dd: '[D01]',
  d: '[D1]',
  HH: '[H01]',
  H: '[H1]',
  hh: '[h01]',
  h: '[h1]',
  mm: '[m01]',
  m: '[m1]',
  ss: '[s01]',
  s: '[s1]',
  SSS: '[f001]',
  a: '[P]',
  EEEE: '[FNn]',
  cccc: '[FNn]',
  EEE: '[FNn,3-3]',
  ccc: '[FNn,3-3]',
};

/** Returns the picture of a form. @throws NotCarriedError for a token that JSONata cannot write */
export function luxonPicture(form: string): string {
  return form.replaceAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g, (token: string, quoted?: string) => {
    if (quoted !== undefined) return quoted.replaceAll('[', '[[').replaceAll(']', ']]');
    if (!/^[A-Za-z]/.test(token)) return token.replaceAll('[', '[[').replaceAll(']', ']]');
    const picture = tokens[token];
    if (picture === undefined) throw new NotCarriedError(`times in the form ${token} have no counterpart`);
    return picture;
  });
}

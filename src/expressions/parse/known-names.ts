/** What expressions may call and read by name, and the nearest of them to a slip. */

/** JSONata's own functions. Source: jsonata 2.2. `$eval` is left out. */
const ofJsonata =
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad
  match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power
  random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type
  sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis
  fromMillis clone now millis`.split(/\s+/);

/** Ours. */
const added = [
  'resumeUrl',
  'parseJson',
  'hash',
  'hmac',
  'base64urlencode',
  'base64urldecode',
  'toBoolean',
  'urlEncodeForm',
];

/** Every function of expressions. */
export const functionNames: ReadonlySet<string> = new Set([...ofJsonata, ...added]);

/** Returns the name nearest to one that is not known; `undefined` when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Math.min(3, Math.ceil(name.length / 3)) + 1;
  for (const one of known) {
    const distance = distanceOf(name.toLowerCase(), one.toLowerCase());
    if (distance < least) [nearest, least] = [one, distance];
  }
  return nearest;
}

/** How many letters are to be put in, taken out or replaced. */
function distanceOf(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const row = [i + 1];
    for (const [j, above] of last.slice(1).entries())
      row.push(Math.min(above + 1, (row[j] ?? 0) + 1, (last[j] ?? 0) + Number(char !== b[j])));
    last = row;
  }
  return last.at(-1) ?? 0;
}

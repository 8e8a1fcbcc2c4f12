/** What a signature covers: a template of parts of the request. */
import type { SignedRequest } from './signature.ts';

/** Parts that a template may name; `header:` is followed by a name. */
const partNames = ['body', 'timestamp', 'id', 'method', 'form.sorted'] as const;
type PartName = (typeof partNames)[number];

const token = /\{([^{}]*)\}/g;

/** Why a template cannot be one; `undefined` when it can. The body must be covered, or anybody could send another. */
export function contentProblem(template: string): string | undefined {
  const names = [...template.matchAll(token)].map(([, name = '']) => name);
  const unknown = names.find((name) => !isPart(name) && !/^header:[\w-]+$/.test(name));
  if (unknown !== undefined)
    return `parts ${partNames.map((name) => `{${name}}`).join(' ')} {header:name}; came {${unknown}}`;
  return names.includes('body') || names.includes('form.sorted') ? undefined : 'the part {body} in it';
}

function isPart(name: string): name is PartName {
  return (partNames as readonly string[]).includes(name);
}

/** Whether a template names a part. */
export function namesPart(template: string, name: PartName): boolean {
  return template.includes(`{${name}}`);
}

/** Returns what is signed, part by part. Parts that the request does not have are empty. */
export function signedContent(
  template: string,
  request: SignedRequest,
  { timestamp = '', id = '' }: { timestamp?: string | undefined; id?: string | undefined },
): (string | Uint8Array)[] {
  const parts: Record<PartName, () => string | Uint8Array> = {
    body: () => request.bytes,
    timestamp: () => timestamp,
    id: () => id,
    method: () => request.method ?? '',
    'form.sorted': () => sortedForm(request.bytes),
  };
  // Every second one is a name: the pattern has one group.
  return template.split(token).map((part, index) => {
    if (index % 2 === 0) return part;
    return isPart(part) ? parts[part]() : (request.headers[part.slice('header:'.length).toLowerCase()] ?? '');
  });
}

/** The fields of a form by their names, each name followed by its values, nothing in between. Source: Twilio, "Security". */
function sortedForm(bytes: Uint8Array): string {
  const fields = new URLSearchParams(new TextDecoder().decode(bytes));
  const names = [...new Set(fields.keys())].sort();
  return names.flatMap((name) => [name, ...[...new Set(fields.getAll(name))].sort()]).join('');
}

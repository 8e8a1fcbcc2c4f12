/** One Server-Sent Event. */
export interface StreamFrame {
  id?: string;
  event: string;
  data: string;
}

/** Reads Server-Sent Events from an answer, frame by frame. Source: WHATWG HTML, 9.2.6. */
export async function* readStream(response: Response): AsyncGenerator<StreamFrame> {
  if (!response.body) return;
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const frame = parseFrame(block);
      if (frame) yield frame;
    }
  }
}

/** A block that is only a comment or a `retry:` is no event. */
function parseFrame(block: string): StreamFrame | undefined {
  const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/s.exec(line));
  const last = (name: string) => fields.findLast((field) => field?.[1] === name)?.[2];
  const data = fields.filter((field) => field?.[1] === 'data').map((field) => field?.[2] ?? '');
  if (data.length === 0 && last('event') === undefined) return undefined;
  const id = last('id');
  return { event: last('event') ?? 'message', data: data.join('\n'), ...(id === undefined ? {} : { id }) };
}

/** Which charset bytes that came over HTTP are written in. */

/** The type of a content-type header, lower case and without parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** The charset that a content-type header names. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType)?.[1];
}

/** The charset that a byte order mark names. */
export function markedCharset(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

/** The charset that an XML document names itself. Source: XML 1.0, appendix F. */
export function xmlCharset(bytes: Uint8Array): string | undefined {
  const marked = markedCharset(bytes);
  if (marked !== undefined) return marked;
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding=["']([\w.-]+)["']/.exec(start)?.[1];
}

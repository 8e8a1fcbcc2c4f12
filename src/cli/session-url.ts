/** Where the last session went, for messages. */
export const lastSession: { url: string | undefined } = { url: undefined };

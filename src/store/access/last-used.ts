/** How much later the last use of a key, a credential or a webhook is written again, in milliseconds. */
export const lastUsedStepMs = 60_000;

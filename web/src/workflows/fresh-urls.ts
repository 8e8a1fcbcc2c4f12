/** Webhook URLs that have just been made: the API tells them once, and nobody keeps them but the open page. */
const urls = new Map<string, string>();

/** Keeps a new URL until the page is left or loaded again. */
export function keepFreshUrl(workflowId: string, url: string | undefined): void {
  if (url !== undefined) urls.set(workflowId, url);
}

/** The URL of a workflow's webhook, if it was made on this page. */
export function freshUrlOf(workflowId: string): string | undefined {
  return urls.get(workflowId);
}

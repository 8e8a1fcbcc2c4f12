import type { Json, JsonObject } from '../engine/json/json.ts';

/** Calls Hookloom's API as a user would. @throws Error with the problem's detail on anything but 2xx */
export async function callApi(
  target: { apiUrl: string; apiKey: string },
  method: string,
  path: string,
  body?: Json,
): Promise<JsonObject> {
  const response = await fetch(target.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${target.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json().catch(() => ({}))) as JsonObject;
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

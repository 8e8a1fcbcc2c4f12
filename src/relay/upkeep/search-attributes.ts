import type { Client } from '@temporalio/client';
import type { Logger } from '../../log.ts';
import { searchAttributes } from '../../workflows/messages.ts';
import { callTemporal } from '../call-temporal.ts';

/** Source: temporal.api.enums.v1.IndexedValueType, INDEXED_VALUE_TYPE_KEYWORD. */
const keywordType = 2;

/** Registers the search attributes that are missing, where it may; else names the command that does. */
export async function ensureSearchAttributes(client: Client, log: Logger): Promise<void> {
  const { connection } = client;
  const { namespace } = client.options;
  const names = Object.values(searchAttributes);
  try {
    await callTemporal(connection, async () => {
      const known = await connection.operatorService.listSearchAttributes({ namespace });
      const missing = names.filter((name) => !(name in (known.customAttributes ?? {})));
      if (missing.length === 0) return;
      const wanted = Object.fromEntries(missing.map((name) => [name, keywordType]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
    });
  } catch (error) {
    const flags = names.map((name) => `--name ${name} --type Keyword`).join(' ');
    log.warn(
      { err: error },
      `search attributes are not registered; run: temporal operator search-attribute create ${flags}`,
    );
  }
}

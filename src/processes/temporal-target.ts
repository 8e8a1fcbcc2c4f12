import { requireSetting } from '../config.ts';
import type { Config } from '../config.ts';
import type { TemporalTarget } from '../relay/connection.ts';

/** Where Temporal is, by the settings. @throws Error when no address is known */
export function temporalTarget(config: Config): TemporalTarget {
  return {
    address: requireSetting(config, 'TEMPORAL_ADDRESS'),
    namespace: config.TEMPORAL_NAMESPACE,
    apiKey: config.TEMPORAL_API_KEY,
    tls: { ca: config.TEMPORAL_TLS_CA, cert: config.TEMPORAL_TLS_CERT, key: config.TEMPORAL_TLS_KEY },
  };
}

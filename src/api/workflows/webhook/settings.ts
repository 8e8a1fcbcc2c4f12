import { AppError } from '../../../errors/app-error.ts';
import { defaultWebhookSettings } from '../../../store/workflows/webhooks.ts';
import type { WebhookSettings } from '../../../store/workflows/webhooks.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import type { WebhookSettingsInput } from './schema.ts';

const daySeconds = 24 * 60 * 60;

/**
 * Makes settings ready to be stored: secrets are sealed.
 * @param before the settings that are there; the defaults for a new webhook
 * @param pointer where the settings stand in the body
 * @throws AppError invalid-request for settings that do not go together
 */
export function sealSettings(
  deps: Pick<ApiDeps, 'config' | 'sealer'>,
  given: WebhookSettingsInput,
  { before = defaultWebhookSettings, pointer = '' }: { before?: WebhookSettings; pointer?: string } = {},
): Partial<WebhookSettings> {
  const { verification, handshake, dedupe, ...plain } = given;
  const { config, sealer } = deps;
  assertRanges(given, before, pointer);
  assertWindow(dedupe?.windowSeconds, config.HOOKLOOM_RETENTION_DAYS * daySeconds, pointer);
  const seal = (value: object) => sealer.seal(JSON.stringify(value));
  return {
    ...(withoutUndefined(plain) as Partial<WebhookSettings>),
    ...(dedupe ? { dedupe } : {}),
    ...(verification ? { verification: { type: verification.type, sealed: seal(verification) } } : {}),
    ...(handshake === undefined ? {} : { handshake: handshake === null ? null : seal(handshake) }),
  };
}

/** Verification by address needs addresses. */
function assertRanges(given: WebhookSettingsInput, before: WebhookSettings, pointer: string): void {
  const type = given.verification?.type ?? before.verification.type;
  const ranges = given.ipAllowList ?? before.ipAllowList;
  if (type !== 'ip' || ranges.length > 0) return;
  throw refusal(`${pointer}/ipAllowList`, 'ipAllowList: expected a range with verification `ip`; came none');
}

function assertWindow(windowSeconds: number | undefined, longest: number, pointer: string): void {
  if (windowSeconds === undefined || windowSeconds <= longest) return;
  const detail = `windowSeconds: expected at most the retention of ${longest}; came ${windowSeconds}`;
  throw refusal(`${pointer}/dedupe/windowSeconds`, detail);
}

function refusal(pointer: string, detail: string): AppError {
  return new AppError('invalid-request', detail, { errors: [{ pointer, detail }] });
}

function withoutUndefined<Value extends object>(value: Value) {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}

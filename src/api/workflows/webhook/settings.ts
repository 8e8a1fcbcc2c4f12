import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../errors/app-error.ts';
import { defaultWebhookSettings } from '../../../store/workflows/webhooks.ts';
import type { WebhookSettings } from '../../../store/workflows/webhooks.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { openVerification } from '../../incoming/target.ts';
import type { WebhookSettingsInput } from './schema.ts';

const daySeconds = 24 * 60 * 60;

/**
 * Makes settings ready to be stored: secrets are sealed, and what is as it was before is left out.
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
  const isOther = (name: keyof WebhookSettings, value: unknown) =>
    value !== undefined && !isDeepStrictEqual(value, openSetting(sealer, before, name));
  const others = Object.entries({ ...plain, dedupe }).filter(([name, value]) =>
    isOther(name as keyof WebhookSettings, value),
  );
  return {
    ...(Object.fromEntries(others) as Partial<WebhookSettings>),
    ...(verification && isOther('verification', verification)
      ? { verification: { type: verification.type, sealed: seal(verification) } }
      : {}),
    ...(handshake !== undefined && isOther('handshake', handshake)
      ? { handshake: handshake === null ? null : seal(handshake) }
      : {}),
  };
}

/** A setting as it was given. */
function openSetting(
  sealer: ApiDeps['sealer'],
  settings: WebhookSettings,
  name: keyof WebhookSettings,
): unknown {
  if (name === 'verification') return openVerification(sealer, settings);
  const { handshake } = settings;
  if (name === 'handshake') return handshake === null ? null : JSON.parse(sealer.open(handshake));
  return settings[name];
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

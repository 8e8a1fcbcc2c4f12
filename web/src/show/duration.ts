const units = [
  { size: 24 * 60 * 60 * 1000, name: 'd' },
  { size: 60 * 60 * 1000, name: 'h' },
  { size: 60 * 1000, name: 'min' },
] as const;

/** A duration for people: `184 ms`, `2.4 s`, `3 min 5 s`, `2 d 4 h`. At most two units. */
export function formatDuration(ms: number): string {
  if (ms < 0) return '0 ms';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trim(ms / 1_000)} s`;
  const at = units.findIndex(({ size }) => ms >= size);
  const unit = units[at] ?? units[2];
  const whole = Math.floor(ms / unit.size);
  const smaller = units[at + 1] ?? { size: 1_000, name: 's' };
  const rest = Math.floor((ms % unit.size) / smaller.size);
  return rest === 0 ? `${whole} ${unit.name}` : `${whole} ${unit.name} ${rest} ${smaller.name}`;
}

function trim(seconds: number): string {
  return seconds < 10 ? String(Math.floor(seconds * 10) / 10) : String(Math.floor(seconds));
}

/** Time from one ISO time to another, or to `nowMs` while it goes on; `undefined` before it begins. */
export function elapsedMs(
  from: string | null | undefined,
  to: string | null | undefined,
  nowMs: number,
): number | undefined {
  if (!from) return undefined;
  return Math.max(0, (to ? Date.parse(to) : nowMs) - Date.parse(from));
}

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkDefinition } from '../../../src/engine/definition/validate-definition.ts';
import { parseCron } from '../../../src/engine/schedules/cron.ts';
import { firstTimes } from '../../../src/engine/schedules/schedule-times.ts';
import type { ScheduleSpec } from '../../../src/engine/schedules/schedule-times.ts';

const times = (spec: ScheduleSpec, from: string, count: number) =>
  firstTimes(spec, Date.parse(from), count).map((time) => new Date(time).toISOString().replace('.000Z', 'Z'));

/** Cron expressions with what they say when they are wrong. */
const refused: [string, RegExp][] = [
  ['a b c d e', /minute is \*, or 0 to 59/],
  ['60 * * * *', /minute is/],
  ['* 24 * * *', /hour is/],
  ['0 0 0 * *', /day of the month is .* 1 to 31/],
  ['0 0 * 13 *', /month is .* names such as FEB/],
  ['0 0 * * 8', /day of the week is/],
  ['0 0 * * FUN', /day of the week is/],
  ['5-1 * * * *', /minute is/],
  ['*/0 * * * *', /minute is/],
  ['0 0 L * *', /day of the month is/],
  ['0 0 ? * *', /day of the month is/],
  ['0 0 * * 1#2', /day of the week is/],
  ['-1 * * * *', /minute is/],
  ['1,,2 * * * *', /minute is/],
  ['0 0 30 2 *', /a date that comes/],
  ['0 0 31 4,6,9,11 *', /a date that comes/],
  ['* * * *', /five fields, or of six with seconds first/],
  ['* * * * * * *', /five fields, or of six with seconds first/],
  ['', /five fields/],
  ['@reboot', /@yearly, @annually/],
  ['@every 5m', /five or six cron fields/],
];

describe('cron', () => {
  for (const [text, expected] of refused)
    it(`refuses ${JSON.stringify(text)} with what was expected`, () => {
      const parsed = parseCron(text);
      assert.ok('expected' in parsed, JSON.stringify(parsed));
      assert.match(parsed.expected, expected);
    });

  it('takes names, steps, ranges, lists, nicknames, and Sunday at both ends', () => {
    const fieldsOf = (text: string) => {
      const parsed = parseCron(text);
      assert.ok('fields' in parsed, text);
      return parsed.fields;
    };
    assert.deepEqual(fieldsOf('0 0 * * 7').dayOfWeek, [0]);
    assert.deepEqual(fieldsOf('0 0 * * 5-7').dayOfWeek, [0, 5, 6]);
    assert.deepEqual(fieldsOf('0 0 * jan-Mar,DEC mon-FRI').month, [1, 2, 3, 12]);
    assert.deepEqual(fieldsOf('5/20 * * * *').minute, [5, 25, 45]);
    assert.deepEqual(fieldsOf('10-20/5,1 * * * *').minute, [1, 10, 15, 20]);
    assert.deepEqual(fieldsOf('*/30 * * * * *').second, [0, 30]);
    assert.deepEqual(fieldsOf('* * * * *').second, [0]);
    assert.deepEqual(fieldsOf('@weekly'), fieldsOf('0 0 * * SUN'));
    assert.deepEqual(fieldsOf(' @Daily '), fieldsOf('0 0 * * *'));
    assert.deepEqual(fieldsOf('0 0 29 2 *').dayOfMonth, [29]);
    assert.deepEqual(fieldsOf('0 0 30 2 1').dayOfMonth, [30], 'Mondays come');
  });

  it('fires on either day when both day fields are restricted', () => {
    assert.deepEqual(times({ cron: '0 0 13 * FRI' }, '2027-01-02T00:00:00Z', 3), [
      '2027-01-08T00:00:00Z',
      '2027-01-13T00:00:00Z',
      '2027-01-15T00:00:00Z',
    ]);
  });

  it('does not fire at a local time that is skipped, and fires twice at one that comes twice, in the north', () => {
    const spec = { cron: '30 2 * * *', timezone: 'Europe/Berlin' };
    assert.deepEqual(times(spec, '2027-03-27T00:00:00Z', 2), [
      '2027-03-27T01:30:00Z',
      '2027-03-29T00:30:00Z',
    ]);
    assert.deepEqual(times(spec, '2027-10-30T12:00:00Z', 3), [
      '2027-10-31T00:30:00Z',
      '2027-10-31T01:30:00Z',
      '2027-11-01T01:30:00Z',
    ]);
  });

  it('does so in the south, where the clock changes the other way round, and by half an hour', () => {
    const sydney = { cron: '30 2 * * *', timezone: 'Australia/Sydney' };
    assert.deepEqual(times(sydney, '2027-10-02T00:00:00Z', 2), [
      '2027-10-03T15:30:00Z',
      '2027-10-04T15:30:00Z',
    ]);
    assert.deepEqual(times(sydney, '2027-04-03T00:00:00Z', 2), [
      '2027-04-03T15:30:00Z',
      '2027-04-03T16:30:00Z',
    ]);
    const lordHowe = { cron: '45 1 * * *', timezone: 'Australia/Lord_Howe' };
    assert.deepEqual(times(lordHowe, '2027-04-03T12:00:00Z', 3), [
      '2027-04-03T14:45:00Z',
      '2027-04-03T15:15:00Z',
      '2027-04-04T15:15:00Z',
    ]);
  });

  it('finds 29 February over the century that has none, and is quick about it', () => {
    assert.deepEqual(times({ cron: '0 0 29 2 *', timezone: 'America/New_York' }, '2096-03-01T00:00:00Z', 1), [
      '2104-02-29T05:00:00Z',
    ]);
  });

  it('keeps within startAt and endAt, both inclusive', () => {
    const spec = { intervalMs: 7_000, offsetMs: 2_000, startAt: '2027-01-01T01:00:10+01:00' };
    const first = '2027-01-01T00:00:10Z';
    assert.deepEqual(times({ ...spec, endAt: first }, '2026-01-01T00:00:00Z', 5), [first]);
    assert.equal(Date.parse(first) % 7_000, 2_000);
  });

  it('finds exactly the seconds whose local parts match', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca'];
    const field = (max: number) => fc.oneof(fc.constant('*'), fc.integer({ min: 0, max }).map(String));
    const format = (zone: string) =>
      new Intl.DateTimeFormat('en-GB', {
        ...({
          timeZone: zone,
          hourCycle: 'h23',
          minute: '2-digit',
          hour: '2-digit',
          weekday: 'short',
        } as const),
      });
    const around = fc.constantFrom(...['2027-03-28T00', '2027-10-31T00', '2027-04-03T14', '2027-11-07T04']);
    const property = fc.property(
      ...([fc.constantFrom(...zones), field(59), field(3), around] as const),
      (zone, minute, hour, start) => {
        const from = Date.parse(`${start}:00:00Z`);
        const until = from + 6 * 3_600_000;
        const expected: number[] = [];
        const local = format(zone);
        for (let at = from; at < until; at += 60_000) {
          const parts = Object.fromEntries(local.formatToParts(at).map(({ type, value }) => [type, value]));
          const fits = (text: string, value: string | undefined) =>
            text === '*' || Number(text) === Number(value);
          if (fits(minute, parts['minute']) && fits(hour, parts['hour'])) expected.push(at);
        }
        const spec = { cron: `${minute} ${hour} * * *`, timezone: zone };
        const found = firstTimes(spec, from, expected.length + 1).filter((time) => time < until);
        assert.deepEqual(found, expected);
      },
    );
    fc.assert(property, { numRuns: 20 });
  });
});

describe('a schedule trigger', () => {
  const problemsOf = (payload: object) =>
    checkDefinition({
      nodes: {
        root: { type: 'schedule', payload, children: ['a'] },
        a: { type: 'log', payload: { message: 'x' } },
      },
    }).problems.map(({ pointer, message }) => `${pointer.replace('/nodes/root/payload', '')} ${message}`);

  const cases: [object, RegExp][] = [
    [{ cron: 'a b c d e' }, /^\/cron cron: expected a cron expression whose minute is/],
    [{ cron: '0 0 * * *', timezone: 'Nope/Zone' }, /^\/timezone timezone: expected a time zone of the IANA/],
    [{ cron: '0 0 * * *', timezone: '+02:00' }, /^\/timezone/],
    [{ cron: '0 0 * * *', intervalMs: 1_000 }, /either `cron` or `intervalMs`/],
    [{}, /either `cron` or `intervalMs`/],
    [{ intervalMs: 999 }, /^\/intervalMs intervalMs: expected milliseconds, 1000 or more/],
    [{ intervalMs: 1_500 }, /^\/intervalMs .* in whole seconds/],
    [{ intervalMs: 2_000, offsetMs: 2_000 }, /^\/offsetMs .*less than `intervalMs`/],
    [{ intervalMs: 2_000, timezone: 'UTC' }, /^\/timezone .*beside `cron`/],
    [
      { intervalMs: 2_000, startAt: '2027-01-01T00:00:00' },
      /^\/startAt startAt: expected a time with a zone/,
    ],
    [{ intervalMs: 2_000, startAt: '2027-02-30T00:00:00Z' }, /^\/startAt/],
    [
      { intervalMs: 2_000, startAt: '2027-01-02T00:00:00Z', endAt: '2027-01-01T00:00:00Z' },
      /^\/endAt .*not before/,
    ],
    [{ intervalMs: 2_000, catchUpMs: 5 }, /^\/catchUpMs .*from 10000/],
    [{ intervalMs: 2_000, overlap: 'never' }, /^\/overlap overlap: expected "skip", "buffer_one"/],
    [
      { intervalMs: 2_000, input: { a: '{{$trigger.body}}' } },
      /^\/input input: expected a value without expressions/,
    ],
    [{ intervalMs: 2_000, payload: {} }, /"payload" is no field here/],
  ];
  for (const [payload, expected] of cases)
    it(`fault 15: ${JSON.stringify(payload)} is refused at save`, () =>
      assert.match(problemsOf(payload).join('\n'), expected));

  it('takes all of its fields', () => {
    const rest = { jitterMs: 500, overlap: 'cancel_other', catchUpMs: 10_000, input: { a: [1] } };
    assert.deepEqual(problemsOf({ intervalMs: 60_000, offsetMs: 1_000, ...rest }), []);
    assert.deepEqual(problemsOf({ cron: '0 */5 9-17 * * MON-FRI', timezone: 'Asia/Kolkata', ...rest }), []);
  });
});

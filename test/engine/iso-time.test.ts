import assert from 'node:assert/strict';
import { parseIsoTime } from '../../src/engine/json/iso-time.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { define } from './build.ts';

const good = {
  '2027-02-28T00:00:00Z': '2027-02-28T00:00:00.000Z',
  '2028-02-29T23:59:59.5+02:00': '2028-02-29T21:59:59.500Z',
  '2027-12-31T00:00:00-11:30': '2027-12-31T11:30:00.000Z',
};
const bad = [
  '2027-02-30T00:00:00Z',
  '2027-02-29T00:00:00Z',
  '2027-13-01T00:00:00Z',
  '2027-00-10T00:00:00Z',
  '2027-02-28T00:00:00',
  '2027-02-28',
  '2027-02-28T24:00:00Z',
  '2027-02-28T12:60:00Z',
  '2027-02-28T12:00:60Z',
  '2027-02-28 12:00:00Z',
  '2027-02-28T12:00:00+24:00',
  'tomorrow',
  '',
];

describe('a time', () => {
  for (const [text, expected] of Object.entries(good))
    it(`${text} is ${expected}`, () => assert.equal(parseIsoTime(text)?.toISOString(), expected));

  for (const text of bad)
    it(`fault 32: ${JSON.stringify(text)} is none, and refused at save`, () => {
      assert.equal(parseIsoTime(text), undefined);
      const { problems } = checkDefinition(define(['a'], { a: { type: 'delay', payload: { until: text } } }));
      assert.deepEqual(
        problems.map(({ pointer }) => pointer),
        ['/nodes/a/payload/until'],
      );
    });
});

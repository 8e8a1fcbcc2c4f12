import { readCases, testCases } from './run-cases.ts';

describe('expression cases', () => {
  testCases(readCases('./cases.json'));
});

import type { NodeCode } from '../node-code.ts';

/** Gives `{ value, status?, headers? }`: the run's output and the answer of a waiting webhook. */
export const runOutput: NodeCode = ({ payload }) => {
  const { value, status, headers } = payload;
  return {
    value: {
      value: value ?? null,
      ...(status === undefined ? {} : { status }),
      ...(headers === undefined ? {} : { headers }),
    },
  };
};

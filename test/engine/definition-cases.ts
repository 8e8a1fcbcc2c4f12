/** For each problem code of `src/engine` the smallest input that has it, and where it points. */
import { define } from './build.ts';

/** A definition with one fault. `pointer`: where the problem stands. */
export interface FaultyInput {
  input: unknown;
  pointer: string;
}

const nodes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, {}]));
const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: deep(depth - 1) });
const loop = (body: string[], more: object = {}) => ({ type: 'for-each', loopBody: body, ...more });
const nested = Object.fromEntries(
  Array.from({ length: 11 }, (_, index) => [`l${index}`, loop([index === 10 ? 'x' : `l${index + 1}`])]),
);

/** By problem code. */
export const faultyInputs: Record<string, FaultyInput> = {
  invalid_json_value: { input: { nodes: [] }, pointer: '/nodes' },
  too_deep: { input: define(['a'], { a: { payload: { message: deep(200) } } }), pointer: '' },
  too_large: { input: define(['a'], { a: { payload: { message: 'x'.repeat(1024 * 1024) } } }), pointer: '' },
  too_many_nodes: { input: define(['n0'], nodes(1_001)), pointer: '/nodes' },
  missing_field: { input: define(['a'], { a: { payload: {} } }), pointer: '/nodes/a/payload/message' },
  unknown_field: { input: define(['a'], { a: { retries: 3 } }), pointer: '/nodes/a/retries' },
  invalid_value: { input: define(['a'], { a: { join: 'most' } }), pointer: '/nodes/a/join' },
  invalid_id: { input: define(['1st'], { '1st': {} }), pointer: '/nodes/1st' },
  no_trigger: { input: { nodes: {} }, pointer: '/nodes' },
  several_triggers: { input: define([], { a: { type: 'webhook' } }), pointer: '/nodes/a/type' },
  field_without_effect: {
    input: define(['a'], { a: { type: 'fail', payload: { type: 'x' }, retry: { maxAttempts: 2 } } }),
    pointer: '/nodes/a/retry',
  },
  trigger_field: {
    input: { nodes: { root: { type: 'manual', payload: {}, timeoutMs: 5 } } },
    pointer: '/nodes/root/timeoutMs',
  },
  edge_to_trigger: { input: define(['a'], { a: { children: ['root'] } }), pointer: '/nodes/a/children/0' },
  unknown_node_type: { input: define(['a'], { a: { type: 'teleport' } }), pointer: '/nodes/a/type' },
  unknown_node: { input: define(['a'], { a: { onError: ['gone'] } }), pointer: '/nodes/a/onError/0' },
  unknown_branch: {
    input: define(['a'], { a: { type: 'if', branches: { perhaps: ['b'] } }, b: {} }),
    pointer: '/nodes/a/branches/perhaps',
  },
  duplicate_edge: { input: define(['a', 'a'], { a: {} }), pointer: '/nodes/root/children/1' },
  cycle: {
    input: define(['a'], { a: { children: ['b'] }, b: { children: ['c'] }, c: { children: ['b'] } }),
    pointer: '/nodes/b',
  },
  unreachable_node: { input: define(['a'], { a: {}, b: {} }), pointer: '/nodes/b' },
  unsatisfiable_join: {
    input: define(['a'], { a: { type: 'if', branches: { then: ['b'], else: ['b'] } }, b: { join: 'all' } }),
    pointer: '/nodes/b/join',
  },
  continue_with_on_error: {
    input: define(['a'], { a: { continueOnError: true, onError: ['b'] }, b: {} }),
    pointer: '/nodes/a/continueOnError',
  },
  output_in_loop: { input: define(['a'], { a: loop(['o']), o: { type: 'output' } }), pointer: '/nodes/o' },
  missing_loop_body: { input: define(['a'], { a: { type: 'for-each' } }), pointer: '/nodes/a/loopBody' },
  loop_body_on_other_type: {
    input: define(['a'], { a: { loopBody: ['b'] }, b: {} }),
    pointer: '/nodes/a/loopBody',
  },
  edge_across_loop: {
    input: define(['a', 'z'], { a: loop(['b']), b: { children: ['z'] }, z: {} }),
    pointer: '/nodes/b/children/0',
  },
  node_in_two_loops: {
    input: define(['a', 'b'], { a: loop(['x']), b: loop(['x']), x: {} }),
    pointer: '/nodes/b/loopBody/0',
  },
  loop_in_itself: {
    input: define(['a'], { a: loop(['b']), b: loop(['b']) }),
    pointer: '/nodes/b/loopBody/0',
  },
  loop_too_deep: { input: define(['l0'], { ...nested, x: {} }), pointer: '/nodes/l10' },
};

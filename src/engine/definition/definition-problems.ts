/**
 * The problem codes of definitions, once. `docs/definition-problems.md` has one section per code, held together by a
 * test. The codes of references and expressions are found by `src/expressions`, but listed here too.
 */
export const problemCodes = {
  invalid_json_value: { severity: 'error', summary: 'The definition is not an object of the expected form' },
  too_deep: { severity: 'error', summary: 'The JSON is nested deeper than 200' },
  too_large: { severity: 'error', summary: 'The definition is larger than 1 MiB' },
  too_many_nodes: { severity: 'error', summary: 'There are more than 1,000 nodes beside the trigger' },
  missing_field: { severity: 'error', summary: 'A required field is missing' },
  unknown_field: { severity: 'error', summary: 'A field is not known here' },
  invalid_value: { severity: 'error', summary: 'A field holds a value of another kind than expected' },
  invalid_id: { severity: 'error', summary: 'A node id does not follow the rule for ids' },
  no_trigger: { severity: 'error', summary: 'No node has a trigger type' },
  several_triggers: { severity: 'error', summary: 'More than one node has a trigger type' },
  field_without_effect: {
    severity: 'error',
    summary: 'A field has no effect on a node of this type',
  },
  trigger_field: { severity: 'error', summary: 'A field is not allowed on the trigger' },
  edge_to_trigger: { severity: 'error', summary: 'An edge leads to the trigger' },
  unknown_node_type: { severity: 'error', summary: 'The node type does not exist' },
  unknown_node: { severity: 'error', summary: 'An edge or a loop body names a node that does not exist' },
  unknown_branch: { severity: 'error', summary: 'The node type has no branch of that name' },
  duplicate_edge: { severity: 'error', summary: 'A list names the same node twice' },
  cycle: { severity: 'error', summary: 'Edges lead back to where they came from' },
  unreachable_node: { severity: 'error', summary: 'No path leads from the trigger to the node' },
  unsatisfiable_join: { severity: 'error', summary: 'The join can never be satisfied' },
  continue_with_on_error: {
    severity: 'error',
    summary: '`continueOnError` and `onError` exclude each other',
  },
  output_in_loop: { severity: 'error', summary: 'An `output` node stands inside a loop' },
  missing_loop_body: { severity: 'error', summary: 'A loop has no body' },
  loop_body_on_other_type: { severity: 'error', summary: '`loopBody` stands on a node that is no loop' },
  edge_across_loop: { severity: 'error', summary: 'An edge leads into or out of a loop body' },
  node_in_two_loops: { severity: 'error', summary: 'A node is in the body of two loops' },
  loop_in_itself: { severity: 'error', summary: 'A loop is part of its own body' },
  loop_too_deep: { severity: 'error', summary: 'Loops are nested deeper than 10' },
  expression_syntax: { severity: 'error', summary: 'An expression cannot be read' },
  pattern_syntax: { severity: 'error', summary: 'The pattern of a `regex` node cannot be used' },
  reference_not_of_request: {
    severity: 'error',
    summary: 'The key of a request is no expression that depends on the request alone',
  },
  reference_unknown: {
    severity: 'error',
    summary: 'An expression names a node, variable or function that does not exist',
  },
  reference_never_runs: {
    severity: 'error',
    summary: 'An expression names a node that cannot have run before',
  },
  reference_may_not_run: { severity: 'warning', summary: 'An expression names a node that may not have run' },
  reference_outside_loop: { severity: 'error', summary: 'An expression names an item outside a loop' },
  secret_unknown: { severity: 'warning', summary: 'No credential of that name is stored' },
  secret_other_credential: {
    severity: 'error',
    summary: 'A node with a `credential` names another secret',
  },
  secret_recorded: { severity: 'error', summary: 'A secret is named in a field that is recorded' },
} as const satisfies Record<string, { severity: 'error' | 'warning'; summary: string }>;

/** A code of the table. */
export type ProblemCode = keyof typeof problemCodes;

/** One thing wrong with a definition. */
export interface Problem {
  code: ProblemCode;
  /** RFC 6901, from the definition's root. */
  pointer: string;
  /** Names what was expected and what came. */
  message: string;
  severity: 'error' | 'warning';
}

/** Makes a problem; its severity is the code's. */
export function problem(code: ProblemCode, pointer: string, message: string): Problem {
  return { code, pointer, message, severity: problemCodes[code].severity };
}

/** Whether any problem forbids saving. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((one) => one.severity === 'error');
}

/** Shows a value in a message: its kind, and the value itself when it is short and cannot be a secret's whole text. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return `${typeof value} ${String(value)}`;
}

/** Quotes a name in a message, cut at 80 characters. */
export function quote(name: string): string {
  return JSON.stringify(name.length <= 80 ? name : `${name.slice(0, 79)}…`);
}

import { currentTime } from '../clock.ts';
import { ExpressionError } from '../expressions/evaluate/expression-error.ts';
import { createTextEvaluator, wholeValue } from '../expressions/evaluate/text-evaluator.ts';
import { FlowProblem } from '../relay/flow/plan-run.ts';
import type { EvaluateText } from '../relay/flow/plan-run.ts';

/** Creates what evaluates the expressions of flow control in a process; threads start only when one needs them. */
export function createFlowEvaluator(): { evaluate: EvaluateText; close(): Promise<void> } {
  const texts = createTextEvaluator();
  return {
    async evaluate(owner, text, bindings) {
      try {
        return wholeValue(await texts.parts({ text, owner }, bindings, currentTime()));
      } catch (cause) {
        throw cause instanceof ExpressionError ? new FlowProblem(cause.message, { cause }) : cause;
      }
    },
    close: texts.close,
  };
}

import assert from 'node:assert/strict';
import { createFairShares } from '../../src/relay/runs/fair-shares.ts';

describe('the share of a run at the workers', () => {
  it('is its workflow’s, and all workflows of an organization weigh as much as one alone', () => {
    let now = 1;
    const shareOf = createFairShares(() => now);
    const weightOf = (organizationId: string, workflowId: string) => {
      const { fairnessKey, fairnessWeight } = shareOf({ organizationId, workflowId });
      assert.equal(fairnessKey, workflowId);
      return fairnessWeight;
    };
    assert.equal(weightOf('org_1', 'wf_1'), 1);
    assert.equal(weightOf('org_1', 'wf_1'), 1);
    assert.equal(weightOf('org_1', 'wf_2'), 1 / 2);
    assert.equal(weightOf('org_1', 'wf_3'), 1 / 3);
    assert.equal(weightOf('org_2', 'wf_4'), 1);
    // Of who has begun nothing for a minute nothing waits.
    now += 59_000;
    assert.equal(weightOf('org_1', 'wf_1'), 1 / 3);
    now += 2_000;
    assert.equal(weightOf('org_1', 'wf_1'), 1);
    for (let count = 0; count < 1_500; count += 1) weightOf('org_1', `wf_${count}`);
    assert.equal(weightOf('org_1', 'wf_1499'), 1 / 1_000);
  });
});

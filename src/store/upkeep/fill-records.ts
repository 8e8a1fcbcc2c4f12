/** Records of an earlier release get the members that have come since, so that everything else may rely on them. */
import type { Db } from 'mongodb';
import { deliveriesOf } from '../deliveries/deliveries.ts';
import { defaultLimits, endpointsOf, unsentState } from '../endpoints/endpoints.ts';

const isUnstarted = {
  $and: [{ $eq: ['$startConfirmed', false] }, { $in: ['$status', ['pending', 'retrying']] }],
};

/** Idempotent, and safe to run from several processes at once; what is there is not touched. */
export async function fillRecords(db: Db): Promise<void> {
  await Promise.all([
    endpointsOf(db).updateMany(
      { health: { $exists: false } },
      { $set: { ...defaultLimits, ...unsentState } },
    ),
    deliveriesOf(db).updateMany(
      { starts: { $exists: false } },
      {
        $set: {
          lostCount: 0,
          grantedRetries: 0,
          byHand: false,
          leasedAt: null,
          waitsSince: null,
          starts: 1,
          checkAt: null,
        },
      },
    ),
    deliveriesOf(db).updateMany({ startAt: { $exists: false } }, [
      { $set: { startAt: { $cond: [isUnstarted, '$$NOW', null] } } },
      { $unset: 'startConfirmed' },
    ]),
  ]);
}

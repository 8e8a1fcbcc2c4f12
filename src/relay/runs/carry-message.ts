import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { beginFailureRun } from '../../store/failures/failure-run.ts';
import { deleteMessage } from '../../store/log/outbox.ts';
import type { OutboxRow } from '../../store/log/outbox.ts';
import { requestRunCancel } from '../../store/log/run-record.ts';
import { resumedSignal } from '../../workflows/messages.ts';
import { callRun } from '../call-temporal.ts';

/** What messages are carried out with. */
export interface CarryingMessages {
  client: Client;
  mongo: MongoClient;
  db: Db;
  /** Base of the links to runs. */
  publicUrl: string;
  cancelSoon: (runId: string) => void;
  startSoon: (runId: string) => void;
  deliverSoon: (deliveries: readonly DeliveryDocument[]) => void;
}

/** Carries out a message of the outbox. Idempotent; a parent that has ended needs none. */
export async function carryMessage(given: CarryingMessages, message: OutboxRow): Promise<void> {
  const { client, db } = given;
  const { runId } = message;
  if (message.kind === 'cancel-run') {
    await requestRunCancel(db, runId, message.reason);
    given.cancelSoon(runId);
  } else if (message.kind === 'start-failure-run') {
    const begun = await beginFailureRun(given, runId);
    if (begun) {
      given.startSoon(begun.runId);
      given.deliverSoon(begun.deliveries);
    }
  } else {
    await callRun(client, runId, (run) => run.signal(resumedSignal, message.path));
  }
  await deleteMessage(db, message._id);
}

import { MongoError } from 'mongodb';

/** Whether a write found its unique key taken. Source: MongoDB error code DuplicateKey. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: number }).code === 11_000;
}

/** An error that makes `inTransaction` begin again: what it has read is no longer so. */
export function repeatTransaction(cause: unknown): Error {
  const error = new MongoError('the transaction is to be repeated', { cause: cause as Error });
  error.addErrorLabel('TransientTransactionError');
  return error;
}

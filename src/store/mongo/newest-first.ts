/** A page of a list that is newest first; `after` is the last row of the page before. */
export interface NewestFirst<Time = Date> {
  limit: number;
  after?: { createdAt: Time; id: string } | undefined;
}

/** The filter for what stands behind `after` in a list by `createdAt`, then `_id`, both falling; all without it. */
export function behind<Time>({ after }: NewestFirst<Time>) {
  if (!after) return {};
  const { createdAt, id } = after;
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
}

import type { Collection, Filter } from 'mongodb';

/** Counts the rows that a query takes by their status. */
export async function countByStatus<Row extends { status: string }>(
  collection: Collection<Row>,
  query: Filter<Row>,
): Promise<Partial<Record<Row['status'], number>>> {
  const rows = await collection
    .aggregate<{ _id: Row['status']; count: number }>([
      { $match: query },
      { $group: { _id: '$status', count: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return Object.fromEntries(rows.map(({ _id, count }) => [_id, count])) as Partial<
    Record<Row['status'], number>
  >;
}

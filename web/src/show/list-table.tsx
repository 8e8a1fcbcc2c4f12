import { Button, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { List } from '../data/use-list.ts';
import { Loading, Problem } from './page.tsx';

/** A column: its heading, and a cell of it. `wide`: left out on a phone. */
export interface Column<Item> {
  head: string;
  cell: (item: Item) => ReactNode;
  wide?: boolean;
}

/** A list as a table, with a way to older rows; `empty` stands where there is none. */
export function ListTable<Item extends { id: string }>(given: {
  list: List<Item>;
  columns: readonly Column<Item>[];
  what: string;
  empty: ReactNode;
}) {
  const { list, columns, what, empty } = given;
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what={what} />;
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return empty;
  return (
    <>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ head, wide }) => (
              <Table.Th key={head} visibleFrom={wide ? 'sm' : undefined}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              {columns.map(({ head, cell, wide }) => (
                <Table.Td key={head} visibleFrom={wide ? 'sm' : undefined}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {hasNextPage && (
        <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older {what}
        </Button>
      )}
    </>
  );
}

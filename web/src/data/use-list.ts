import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';

/** A page of a list. */
export interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A list that is read page by page, newest first. */
export type List<Item> = UseInfiniteQueryResult<InfiniteData<PageOf<Item>>>;

/** Reads a list under a name of `queries.ts`. `read`: of the page after a cursor. */
export function useList<Item>(
  queryKey: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>,
): List<Item> {
  return useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    // While other rows are read, those of before stay in sight.
    placeholderData: keepPreviousData,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

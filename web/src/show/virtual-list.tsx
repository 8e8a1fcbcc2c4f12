import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ReactNode } from 'react';

/** A list of which only the rows in sight are drawn. `size`: of a row in pixels, before it has been measured. */
export function VirtualList<Item>(given: {
  items: readonly Item[];
  size: (index: number) => number;
  height: number;
  label: string;
  render: (item: Item, index: number) => ReactNode;
  keyOf?: (item: Item, index: number) => string | number;
}) {
  const { items, size, height, label, render, keyOf } = given;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: size,
    overscan: 12,
    ...(keyOf ? { getItemKey: (index: number) => keyOf(items[index] as Item, index) } : {}),
  });
  return (
    <div ref={box} style={{ height, overflow: 'auto' }} role="list" aria-label={label} tabIndex={0}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {virtual.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            role="listitem"
            style={{ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }}
          >
            {render(items[index] as Item, index)}
          </div>
        ))}
      </div>
    </div>
  );
}

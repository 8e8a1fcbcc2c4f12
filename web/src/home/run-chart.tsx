import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { formatNumber } from '../show/count.ts';
import { Status } from '../show/status.tsx';
import { formatShortTime } from '../show/time.tsx';
import classes from './home.module.css';
import type { Point } from './window-of.ts';

const height = 200;

/** What is drawn over another, from the bottom to the top: how a run has ended, or that it has not. */
const layers = [
  { name: 'failed', status: 'failure', statuses: ['failure'] },
  { name: 'partly failed', status: 'partial', statuses: ['partial'] },
  { name: 'succeeded', status: 'success', statuses: ['success'] },
  {
    name: 'under way or cancelled',
    status: 'queued',
    statuses: ['queued', 'running', 'waiting', 'cancelled'],
  },
] as const;

/** Runs by the time at which they began, by what has become of them. */
export function RunChart({ points, label }: { points: readonly Point[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize<HTMLDivElement>();
  const place = useMergedRef(box, measure);
  const plot = useRef<uPlot>(undefined);
  const [at, setAt] = useState<number>();
  const scheme = useComputedColorScheme();
  const latest = useRef(points);
  latest.current = points;
  useEffect(() => {
    const { current } = box;
    if (!current || width === 0) return undefined;
    plot.current = new uPlot(optionsOf(current, width, setAt), dataOf(latest.current), current);
    return () => plot.current?.destroy();
  }, [width, scheme]);
  useEffect(() => plot.current?.setData(dataOf(points)), [points]);
  return (
    <>
      <div ref={place} className={classes.chart} role="img" aria-label={label} />
      <Legend point={at === undefined ? undefined : points[at]} />
    </>
  );
}

/** What the colours mean, with the numbers of the step that is pointed at. */
function Legend({ point }: { point: Point | undefined }) {
  return (
    <div className={classes.legend}>
      {point && <span className="dim">{formatShortTime(point.at)}</span>}
      {layers.map(({ name, status, statuses }) => (
        <Status
          key={name}
          status={status}
          word={point ? `${name}: ${formatNumber(countIn(point, statuses))}` : name}
        />
      ))}
    </div>
  );
}

function countIn({ byStatus }: Point, statuses: readonly string[]): number {
  return statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
}

/** The highest layer first, so that each lower one is drawn over it. */
function dataOf(points: readonly Point[]): uPlot.AlignedData {
  const heights = layers.map((_, index) => {
    const below = layers.slice(0, index + 1).flatMap(({ statuses }) => [...statuses]);
    return points.map((point) => countIn(point, below));
  });
  return [points.map(({ at }) => Date.parse(at) / 1_000), ...heights.reverse()];
}

function optionsOf(
  place: HTMLElement,
  width: number,
  onPoint: (index: number | undefined) => void,
): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.8, 40], align: 1 });
  const colour = (name: string) => colourOf(place, name);
  const axis = {
    stroke: colour('--hl-dim'),
    grid: { stroke: colour('--hl-line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
    scales: {
      // A bar reaches from the begin of its step to the next one's.
      x: { range: ({ data: [times] }, from, to) => [from, to + ((times[1] ?? to) - (times[0] ?? to))] },
      y: { range: (_, __, most) => [0, Math.max(1, most)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 30, values: (_, times) => times.map(labelOf) },
      { ...axis, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000] },
    ],
    series: [
      {},
      ...layers.toReversed().map(({ name, status }) => ({
        label: name,
        fill: colour(`--hl-${status}`),
        width: 0,
        points: { show: false },
        ...(bars ? { paths: bars } : {}),
      })),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

/** A time of the axis, in seconds. */
function labelOf(seconds: number): string {
  return formatShortTime(new Date(seconds * 1_000).toISOString());
}

/** A colour of the tokens as a canvas takes it. */
function colourOf(place: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

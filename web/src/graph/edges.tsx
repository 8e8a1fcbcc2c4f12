import type { EdgeProps } from '@xyflow/react';
import classes from './graph.module.css';

/** Whether an edge was taken; `undefined` before it is decided. */
export type EdgeState = 'taken' | 'not-taken' | undefined;

interface Data {
  corners: readonly { x: number; y: number }[];
  label: string | undefined;
  state: EdgeState;
}

/** How round corners are, in pixels. */
const radius = 6;

/** An edge as the layout led it around the nodes. */
function RoutedEdge({ data }: EdgeProps) {
  const { corners, label, state = 'undecided' } = data as unknown as Data;
  const end = corners.at(-1);
  const before = corners.at(-2);
  if (!end || !before) return null;
  return (
    <g className={classes[state]}>
      <path className={classes.edge} d={pathOf(corners)} />
      <path
        className={classes.arrow}
        d={`M${end.x - 4} ${end.y - 6}L${end.x} ${end.y}L${end.x + 4} ${end.y - 6}`}
      />
      {label !== undefined && (
        <text className={classes.edgeLabel} x={end.x + 6} y={end.y - 8}>
          {label}
        </text>
      )}
    </g>
  );
}

function pathOf(corners: Data['corners']): string {
  const [begin, ...rest] = corners;
  if (!begin) return '';
  const parts = rest.map((corner, index) => {
    const next = rest[index + 1];
    if (!next) return `L${corner.x} ${corner.y}`;
    const from = towards(corner, corners[index] ?? begin);
    const to = towards(corner, next);
    return `L${from.x} ${from.y}Q${corner.x} ${corner.y} ${to.x} ${to.y}`;
  });
  return `M${begin.x} ${begin.y}${parts.join('')}`;
}

/** The point on the way from a corner to another, where the corner's rounding ends. */
function towards(
  corner: { x: number; y: number },
  other: { x: number; y: number },
): { x: number; y: number } {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const part = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * part, y: corner.y + (other.y - corner.y) * part };
}

/** How each kind of edge is drawn. */
export const edgeComponents = { routed: RoutedEdge };

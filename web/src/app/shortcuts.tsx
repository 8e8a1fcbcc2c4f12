import { ActionIcon, Tooltip } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { loadPart } from '../data/load-part.ts';
import { pages } from './pages.ts';
import classes from './shell.module.css';

const Help = lazy(loadPart(async () => ({ default: (await import('./help.tsx')).Help })));
const Palette = lazy(loadPart(async () => ({ default: (await import('./palette.tsx')).Palette })));

const sequenceMs = 1_000;

/**
 * Keys: `?` shows them, Ctrl or ⌘ with K searches, `g` and a letter goes to a page, `j` and `k` go through the rows of a
 * list.
 */
export function Shortcuts() {
  const [open, setOpen] = useState<'help' | 'palette'>();
  useKeys(setOpen);
  const close = () => setOpen(undefined);
  return (
    <>
      <Tooltip label="Search and go (Ctrl K)">
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => setOpen('palette')}
          aria-label="Search and go"
        >
          <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true" className={classes.icon}>
            <path d="M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.5 10.5l3.5 3.5" />
          </svg>
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => setOpen('help')}
          aria-label="Keyboard shortcuts"
          visibleFrom="sm"
        >
          ?
        </ActionIcon>
      </Tooltip>
      <Suspense>
        {open === 'help' && <Help onClose={close} />}
        {open === 'palette' && <Palette onClose={close} />}
      </Suspense>
    </>
  );
}

function useKeys(open: (what: 'help' | 'palette') => void): void {
  const navigate = useNavigate();
  const goSince = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        open('palette');
        return;
      }
      if (isForOthers(event)) return;
      const page = pages.find(({ letter }) => letter === event.key);
      if (page && Date.now() - goSince.current < sequenceMs) void navigate({ to: page.to });
      goSince.current = event.key === 'g' ? Date.now() : 0;
      if (event.key === '?') open('help');
      moveFocus(steps[event.key] ?? 0);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, open]);
}

/** Whether a key belongs to the browser or to a field. */
function isForOthers({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const steps: Record<string, number> = { j: 1, k: -1 };

/** Rows are the links that carry `data-row`. */
function moveFocus(by: number): void {
  if (by === 0) return;
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

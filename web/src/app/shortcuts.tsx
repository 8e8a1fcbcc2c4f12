import { ActionIcon, Kbd, Modal, Table, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { pages } from './pages.ts';

const sequenceMs = 1_000;

/** Keys: `?` shows them, `g` and a letter goes to a page, `j` and `k` go through the rows of a list. */
export function Shortcuts() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const navigate = useNavigate();
  const goSince = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isForOthers(event)) return;
      const page = pages.find(({ letter }) => letter === event.key);
      if (page && Date.now() - goSince.current < sequenceMs) void navigate({ to: page.to });
      goSince.current = event.key === 'g' ? Date.now() : 0;
      if (event.key === '?') open();
      moveFocus(steps[event.key] ?? 0);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, open]);
  return (
    <>
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={open}
          aria-label="Keyboard shortcuts"
          visibleFrom="sm"
        >
          ?
        </ActionIcon>
      </Tooltip>
      <Modal opened={isOpen} onClose={close} title="Keyboard shortcuts">
        <Table>
          <Table.Tbody>
            {pages.map(({ to, label, letter }) => (
              <Row key={to} keys={['g', letter]} does={`Go to ${label}`} />
            ))}
            <Row keys={['j']} does="Next row of the list" />
            <Row keys={['k']} does="Row before" />
            <Row keys={['Enter']} does="Open the row" />
            <Row keys={['?']} does="This list" />
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}

function Row({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        {keys.map((key) => (
          <Kbd key={key} mr={4}>
            {key}
          </Kbd>
        ))}
      </Table.Td>
      <Table.Td>{does}</Table.Td>
    </Table.Tr>
  );
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

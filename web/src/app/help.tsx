import { Kbd, Modal, Table } from '@mantine/core';
import { pages } from './pages.ts';

/** Which keys there are. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts">
      <Table>
        <Table.Tbody>
          <Row keys={['Ctrl', 'K']} does="Search, and go to a page or a workflow" />
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

import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Empty } from '../show/page.tsx';

/** An address that is no page. */
export function NotFoundPage() {
  return (
    <main>
      <Empty title="There is no such page">
        <Anchor renderRoot={(props) => <Link to="/" {...props} />}>Go to the first page</Anchor>
      </Empty>
    </main>
  );
}

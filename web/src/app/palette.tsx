import { Combobox, Modal, ScrollArea, TextInput, useCombobox } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useWhoami, useWorkflows } from '../data/queries.ts';
import { hasScope } from '../session/scopes.ts';
import { pages } from './pages.ts';

/** Somewhere to go. */
interface Place {
  kind: string;
  label: string;
  /** An address of the dashboard. */
  href: string;
}

/** Most places that are offered at once. */
const mostPlaces = 12;

/** Goes anywhere by a part of its name, or by its id. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [search, setSearch] = useState('');
  const router = useRouter();
  const combobox = useCombobox({ opened: true });
  const places = usePlaces(search.trim());
  useEffect(() => void combobox.selectFirstOption(), [search, places.length]);
  const go = (href: string) => {
    onClose();
    void router.navigate({ href });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      onEnterTransitionEnd={() => combobox.selectFirstOption()}
      title="Search and go"
      yOffset="12vh"
      centered={false}
      padding="sm"
    >
      <Combobox store={combobox} onOptionSubmit={go}>
        <Combobox.EventsTarget>
          <TextInput
            aria-label="Search"
            placeholder="A page, a workflow, or an id such as run_…"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            data-autofocus
          />
        </Combobox.EventsTarget>
        <ScrollArea.Autosize mah="50vh" mt="xs">
          <Combobox.Options aria-label="Places">
            {places.map(({ kind, label, href }) => (
              <Combobox.Option key={href} value={href}>
                {label} <small>{kind}</small>
              </Combobox.Option>
            ))}
            {places.length === 0 && <Combobox.Empty>Nothing is called so</Combobox.Empty>}
          </Combobox.Options>
        </ScrollArea.Autosize>
      </Combobox>
    </Modal>
  );
}

/** Where an id leads, by its first letters. */
const ids: Record<string, { kind: string; path: string }> = {
  run: { kind: 'run', path: '/runs' },
  wf: { kind: 'workflow', path: '/workflows' },
  whe: { kind: 'request', path: '/incoming' },
  ep: { kind: 'hook endpoint', path: '/hooks' },
  dlv: { kind: 'delivery', path: '/deliveries' },
};

function usePlaces(search: string): Place[] {
  const { data: me } = useWhoami();
  const { data: workflows = [] } = useWorkflows();
  const allowed = pages.filter(({ scope }) => scope === undefined || (me && hasScope(me, scope)));
  const all: Place[] = [
    ...allowed.map(({ label, to }) => ({ kind: 'page', label, href: to })),
    ...workflows.map(({ id, name }) => ({ kind: 'workflow', label: name, href: `/workflows/${id}` })),
  ];
  const words = search.toLowerCase();
  const found = all.filter(({ label }) => label.toLowerCase().includes(words)).slice(0, mostPlaces);
  return [...placeOfId(search), ...found];
}

function placeOfId(search: string): Place[] {
  const [, prefix = ''] = /^([a-z]+)_\w+$/.exec(search) ?? [];
  const named = ids[prefix];
  return named ? [{ kind: named.kind, label: search, href: `${named.path}/${search}` }] : [];
}

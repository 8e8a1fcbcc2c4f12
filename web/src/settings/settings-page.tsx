import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWhoami } from '../data/queries.ts';
import { hasScope } from '../session/scopes.ts';
import type { Scope } from '../session/scopes.ts';
import { Loading, Page } from '../show/page.tsx';
import { Audit } from './audit.tsx';
import { Credentials } from './credentials.tsx';
import { Keys } from './keys.tsx';
import { Organization } from './organization.tsx';
import { Variables } from './variables.tsx';

const here = getRouteApi('/shell/settings');

interface Part {
  name: string;
  label: string;
  /** Without it there is nothing to be seen. */
  scope: Scope;
  content: ReactNode;
}

const parts: readonly Part[] = [
  { name: 'organization', label: 'Organization', scope: 'read', content: <Organization /> },
  { name: 'variables', label: 'Variables', scope: 'read', content: <Variables /> },
  { name: 'keys', label: 'API keys', scope: 'admin', content: <Keys /> },
  { name: 'credentials', label: 'Credentials', scope: 'admin', content: <Credentials /> },
  { name: 'audit', label: 'Audit', scope: 'admin', content: <Audit /> },
];

/** What the organization has beside its workflows. */
export function SettingsPage() {
  const { tab } = here.useSearch();
  const navigate = useNavigate();
  const { data } = useWhoami();
  if (!data) return <Loading what="the settings" />;
  const shown = parts.filter(({ scope }) => hasScope(data, scope));
  const chosen = shown.find(({ name }) => name === tab) ?? shown[0];
  return (
    <Page title="Settings">
      <Tabs
        value={chosen?.name ?? null}
        onChange={(name) =>
          void navigate({ to: '/settings', search: { tab: name ?? undefined }, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List>
          {shown.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map(({ name, content }) => (
          <Tabs.Panel key={name} value={name} pt="md">
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

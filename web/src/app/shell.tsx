import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Menu,
  NavLink,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useConnection } from '../data/connection.ts';
import { useLiveLists } from '../data/live.ts';
import { useWhoami } from '../data/queries.ts';
import { keepKey } from '../session/session.ts';
import { hasScope } from '../session/scopes.ts';
import { pages } from './pages.ts';
import classes from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';

/** What surrounds every page: where one can go, who is signed in, whether what is shown is live. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  useLiveLists();
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 'var(--hl-nav-width)', breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell.Header className={classes.header}>
        <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Pages" />
        <Link to="/" className={classes.brand}>
          <img src="/favicon.svg" alt="" width={22} height={22} />
          Hookloom
        </Link>
        <ConnectionNote />
        <span className={classes.space} />
        <Shortcuts />
        <SchemeSwitch />
        <Account />
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.nav} aria-label="Pages">
        <Pages onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Pages({ onGo }: { onGo: () => void }) {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { data } = useWhoami();
  const shown = pages.filter(({ scope }) => scope === undefined || (data && hasScope(data, scope)));
  return shown.map(({ to, label, icon }) => (
    <NavLink
      key={to}
      renderRoot={(props) => <Link to={to} {...props} />}
      label={label}
      active={to === '/' ? path === '/' : path.startsWith(to)}
      onClick={onGo}
      leftSection={
        <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true" className={classes.icon}>
          <path d={icon} />
        </svg>
      }
    />
  ));
}

/** Says so when the streams are lost: what is shown is not what is. */
function ConnectionNote() {
  const connection = useConnection();
  const words = { idle: 'Not connected', live: 'Live', lost: 'Connection lost – reconnecting' };
  return (
    <span className={classes.connection} data-connection={connection} role="status">
      <span className={classes.dot} aria-hidden="true" />
      <span>{words[connection]}</span>
    </span>
  );
}

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const order = { auto: 'light', light: 'dark', dark: 'auto' } as const;
  const label = `Colours: ${colorScheme === 'auto' ? 'as the system' : colorScheme}`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        onClick={() => setColorScheme(order[colorScheme])}
      >
        <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </svg>
      </ActionIcon>
    </Tooltip>
  );
}

function Account() {
  const { data } = useWhoami();
  const queries = useQueryClient();
  const signOut = () => {
    keepKey(null);
    queries.clear();
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" className={classes.account}>
          {data?.organization.name ?? 'Account'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          Key “{data?.name}”, scope {data?.scopes.join(', ')}
        </Menu.Label>
        <Menu.Item component="a" href="/docs" target="_blank">
          API reference
        </Menu.Item>
        <Menu.Item onClick={signOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

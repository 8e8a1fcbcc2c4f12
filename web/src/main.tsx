import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './app/tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { cspNonce } from './app/csp-nonce.ts';
import { router } from './app/router.tsx';
import { theme } from './app/theme.ts';
import { isNotFound, isUnreachable } from './data/problem.ts';
import { useKey } from './session/session.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the API refused is asked again twice; while it cannot be reached, for as long as that lasts.
      retry: (failures, error) => isUnreachable(error) || (failures < 2 && !isNotFound(error)),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 10_000),
      refetchOnWindowFocus: true,
    },
  },
});

/** The dashboard. Who is signed out while looking at it is asked to sign in where they were. */
function App() {
  const key = useKey();
  useEffect(() => void router.invalidate(), [key]);
  return <RouterProvider router={router} />;
}

const place = document.getElementById('root');
if (!place) throw new Error('the page has no root');
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => cspNonce}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

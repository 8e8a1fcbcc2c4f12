import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Gives each component of the library its own styles, so that a page loads those of what it shows. */
function componentStyles(): Plugin {
  return {
    name: 'component-styles',
    transform(code, id) {
      const [, name] = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id) ?? [];
      return name === undefined ? undefined : `import '@mantine/core/styles/${name}.css';\n${code}`;
    },
  };
}

/** The dashboard: hashed files in `web/dist`, which the API serves. Nothing is loaded from elsewhere. */
const config = defineConfig({
  plugins: [react(), componentStyles(), apiReference()],
  build: {
    target: 'es2023',
    // Browsers that know `light-dark()`: it cannot be written otherwise while the scheme is chosen at run time.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // One style sheet: a part's own that could not be loaded once would not be asked for again.
    cssCodeSplit: false,
    // Inlined files would be `data:` addresses, which the content security policy refuses for workers and styles.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
});

/** Adds what shows the API reference at `/docs`, as its package has built it for browsers. */
function apiReference(): Plugin {
  const file = new URL('js/standalone.js', import.meta.resolve('@scalar/fastify-api-reference'));
  return {
    name: 'api-reference',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'docs/reference.js', source: readFileSync(file) });
    },
  };
}

export { config as default };

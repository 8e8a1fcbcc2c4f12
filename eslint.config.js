import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Node built-ins and clocks the workflow sandbox must not see. */
const notInWorkflows = ['node:*', 'fs', 'crypto', 'path', 'mongodb', 'koa'];

const store = join(import.meta.dirname, 'src/store');
/** The functions of the store that return a collection: nobody outside takes one in hand. */
const collectionAccessors = readdirSync(store, { recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(store, file), 'utf8'))
  .flatMap((text) => [...text.matchAll(/^export function (\w+)\([^)]*\): Collection</gm)])
  .map(([, name]) => name);
const queriesInStore = 'Write the query as a function of src/store.';
const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };

export default tseslint.config(
  { ignores: ['dist/', 'web/dist/', 'src/client/api-types.ts', 'coverage/', '.hookloom/', 'node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'web/src/**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.build.json', 'web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      complexity: ['error', 10],
      'no-restricted-syntax': ['error', namedExports],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/store/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ regex: '/store/', importNames: collectionAccessors, message: queriesInStore }],
        },
      ],
      'no-restricted-syntax': [
        'error',
        namedExports,
        { selector: 'CallExpression[callee.property.name="collection"]', message: queriesInStore },
      ],
    },
  },
  {
    files: ['src/workflows/**/*.ts', 'src/engine/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: notInWorkflows }] },
  },
  {
    files: ['**/*.ts'],
    ignores: [
      'src/config.ts',
      'src/cli/environment.ts',
      'src/embedded/**',
      'test/**',
      'bench/**',
      'scripts/**',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read settings in src/config.ts.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['scripts/**', '*.js', '*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        module: 'writable',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
);

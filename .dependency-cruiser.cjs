/** The walls of the house: who may import whom. Source: docs/architecture.md. */
const within = (folder) => `^src/${folder}/`;

/** A folder and the only folders of ours that it may import. Type-only imports are listed apart. */
const walls = [
  { folder: 'engine', may: ['engine'] },
  { folder: 'client', may: ['client'] },
  { folder: 'cli', may: ['cli', 'client', 'config', 'dev', 'engine', 'import', 'outbound', 'version'] },
  { folder: 'import', may: ['import', 'engine', 'expressions/parse'] },
  { folder: 'errors', may: ['errors', 'engine'] },
  { folder: 'workflows', may: ['engine', 'workflows'] },
  { folder: 'expressions', may: ['expressions', 'engine', 'errors'] },
  { folder: 'outbound', may: ['outbound', 'engine', 'errors', 'deadline'] },
  { folder: 'store', may: ['store', 'engine', 'errors', 'log', 'clock', 'deadline'] },
  {
    folder: 'activities',
    may: ['activities', 'engine', 'errors', 'expressions', 'outbound', 'log', 'clock', 'deadline'],
    types: ['store'],
  },
  {
    folder: 'relay',
    may: [
      'relay',
      'store',
      'engine',
      'errors',
      'log',
      'background-work',
      'clock',
      'deadline',
      'workflows/messages',
    ],
  },
  {
    folder: 'api',
    may: [
      'api',
      'background-work',
      'engine',
      'errors',
      'expressions',
      'outbound',
      'store',
      'clock',
      'config',
      'deadline',
      'log',
      'relay',
      'version',
      'workflows/messages',
    ],
  },
];

const allowed = (names) => names.map((name) => `^src/${name}(/|\\.ts$)`).join('|');

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...walls.flatMap(({ folder, may, types = [] }) => [
      {
        name: `wall-${folder}`,
        severity: 'error',
        from: { path: within(folder) },
        to: { path: '^src/', pathNot: allowed([...may, ...types]) },
      },
      ...types.map((type) => ({
        name: `wall-${folder}-${type}-types-only`,
        severity: 'error',
        from: { path: within(folder) },
        to: { path: within(type), dependencyTypesNot: ['type-only'] },
      })),
    ]),
    {
      name: 'wall-web',
      comment: 'the dashboard is a client: it knows the API by its client, and shares what is pure',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: allowed(['client', 'engine', 'import']) },
    },
    {
      name: 'nobody-imports-the-dashboard',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^web/' },
    },
    {
      name: 'engine-is-pure',
      comment: 'no I/O, no clock, no package; schemas may use zod',
      severity: 'error',
      from: { path: within('engine'), pathNot: '(\\.schema|node-types/registry)\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'import-is-pure',
      comment: 'text in, text out: reading and writing is the caller’s',
      severity: 'error',
      from: { path: within('import') },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'acorn' },
    },
    {
      name: 'receivers-get-no-packages',
      comment: 'hookloom/verify is for other people’s programs',
      severity: 'error',
      from: { path: within('outbound/signing') + '(verify|sign)-hook\\.ts$' },
      to: {
        pathNot: '^(crypto|src/outbound/signing/sign-hook\\.ts)$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'client-needs-fetch-alone',
      comment: 'hookloom/client runs in browsers, Deno and Bun',
      severity: 'error',
      from: { path: within('client') },
      to: { dependencyTypes: ['npm', 'core'], pathNot: '(openapi-fetch|eventsource-parser)' },
    },
    {
      name: 'workflows-see-no-schemas',
      severity: 'error',
      from: { path: within('workflows') },
      to: { path: '\\.schema\\.ts$', reachable: true },
    },
    {
      name: 'workflows-in-the-sandbox',
      severity: 'error',
      from: { path: within('workflows') },
      to: { dependencyTypes: ['npm', 'core'], pathNot: '@temporalio/(workflow|common)' },
    },
    {
      name: 'mongodb-in-store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|embedded)/' },
      to: { path: '^(node_modules/)?mongodb/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'koa-in-api',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/api/' },
      to: { path: '^(node_modules/)?(koa|@koa)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

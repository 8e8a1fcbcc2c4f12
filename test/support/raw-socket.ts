import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A connection on which a test writes bytes that no HTTP client would. */
export interface RawSocket {
  socket: Socket;
  /** What the server has sent so far. */
  received(): string;
  /** Waits until the server has ended the connection, and answers all that it sent. */
  closed: Promise<string>;
}

/** Opens a connection; errors such as a reset end it like any other. */
export async function openSocket(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  const received = () => Buffer.concat(chunks).toString('latin1');
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received())));
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, received, closed };
}

/** Status codes of the answers in what a server sent. */
export function statusesOf(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}

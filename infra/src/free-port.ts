import { createServer } from 'node:net';
import { codeOf, Problem } from './problem.js';

const HIGHEST_PORT = 65_535;

/** Reads a port from a variable; `fallback` where it is not set. */
export function portFrom(variable: string, value: string | undefined, fallback: number): number {
  if (value === undefined || value === '') return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT) return port;
  throw new Problem(`${variable}=${value} is not a port: give a number from 0 to ${HIGHEST_PORT}.`);
}

/** A port of this machine that nobody listens on. Another program may still take it before it is used. */
export async function anyFreePort(): Promise<number> {
  return listenOnce('127.0.0.1', 0);
}

async function isPortFree(host: string, port: number): Promise<boolean> {
  try {
    await listenOnce(host, port);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Finds out early, before anything is started, whether the gateway will be able to listen. */
export async function assertCanListen(host: string, port: number): Promise<void> {
  if (port === 0) return;
  try {
    if (!(await isPortFree(host, port))) throw portTaken(port, 'PORT');
  } catch (error) {
    if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EADDRNOTAVAIL') throw error;
    throw new Problem(
      `Accord may not listen on ${host}, port ${port} (${codeOf(error)}): set HOST and PORT to an address it may use.`,
    );
  }
}

export function portTaken(port: number, variable: string): Problem {
  return new Problem(
    `Port ${port} is taken by another program. Stop that one, or choose another port: ${variable}=${port + 1}`,
  );
}

/** Listens and lets go again. @returns the port it had. */
function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

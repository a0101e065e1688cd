/** Two HTTPS servers: a genuine one, whose certificate the app's process trusts, and an impostor, who has one of his own
 *  making, as anybody on the way between two servers can. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mustRun } from './process';

export interface TlsServers {
  /** Addresses of the two, and what makes Python trust the first. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const CERTIFICATE = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export async function startTlsServers(folder: string): Promise<TlsServers> {
  const [genuine, impostor] = await Promise.all(
    ['genuine', 'impostor'].map((name) => startServer(folder, name)),
  );
  if (genuine === undefined || impostor === undefined) throw new Error('Both names have a server.');
  const trusted = join(folder, 'genuine.pem');
  return {
    env: {
      GENUINE_URL: urlOf(genuine),
      IMPOSTOR_URL: urlOf(impostor),
      REQUESTS_CA_BUNDLE: trusted,
      SSL_CERT_FILE: trusted,
    },
    stop: async () => {
      for (const server of [genuine, impostor]) server.close().closeAllConnections();
    },
  };
}

async function startServer(folder: string, name: string): Promise<Server> {
  const key = join(folder, `${name}.key`);
  const certificate = join(folder, `${name}.pem`);
  await mustRun('openssl', ['req', '-x509', ...KEY, '-keyout', key, '-out', certificate, ...CERTIFICATE]);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) => {
    response.setHeader('Content-Type', 'text/plain');
    response.end(`price of the ${name}`);
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
}

function urlOf(server: Server): string {
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An HTTP service that only the app's server is meant to reach, as a cloud's metadata or an admin page would be. */
import { createServer } from 'node:http';

export interface InnerService {
  readonly url: string;
  /** Paths that it was asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export function startInnerService(): Promise<InnerService> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Content-Type', 'text/plain');
    response.end(request.url?.startsWith('/public/') ? `public ${request.url}` : 'inner-secret');
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const stop = () => new Promise<void>((done) => server.close(() => done()).closeAllConnections());
      resolve({ url: `http://127.0.0.1:${port}`, asked, stop });
    });
  });
}

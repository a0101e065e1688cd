/** Entry point of the language server, as a Node process and as a web worker. One bundle serves both, because nearly all
 *  of it is the same. */

start();

async function start(): Promise<void> {
  const isWorker = 'WorkerGlobalScope' in globalThis;
  const host = isWorker ? await import('./main.web') : await import('./main.node');
  host.start();
}

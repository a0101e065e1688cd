/** PostgreSQL and MariaDB as Debian ships them, on free ports of the loopback interface and in a temporary folder. */
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asUser,
  freePort,
  hasProgram,
  isRoot,
  LabError,
  mustRun,
  startServer,
  stopServer,
  untilReady,
} from './process';
import type { Python } from './python';

export interface Database {
  /** Makes an empty database; answers the variables by which an app finds it. */
  create(name: string): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

const HOW_TO_INSTALL =
  'The lab needs the servers of PostgreSQL and MariaDB: apt-get install postgresql mariadb-server';

export async function startPostgres(folder: string, python: Python): Promise<Database> {
  const bin = postgresFolder();
  await ownFolder(folder, 'postgres');
  const data = join(folder, 'data');
  const options = ['--auth=trust', '--username=lab', '--no-sync', '--encoding=UTF8', '--locale=C'];
  await mustRun(...asUser('postgres', join(bin, 'initdb'), ['--pgdata', data, ...options]), { cwd: folder });
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: `${port}`,
    unix_socket_directories: '',
    fsync: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = startWithLog(folder, ...asUser('postgres', join(bin, 'postgres'), ['-D', data, ...flags]));
  const dsn = (name: string) => `host=127.0.0.1 port=${port} user=lab dbname=${name}`;
  const connect = ['import sys, psycopg', `db = psycopg.connect("${dsn('postgres')}", autocommit=True)`];
  await untilConnected(server, 'PostgreSQL', folder, python, connect);
  return {
    create: async (name) => {
      await python.run([...connect, `db.execute('CREATE DATABASE ${name}')`]);
      return {
        POSTGRES_DSN: dsn(name),
        POSTGRES_URL: `postgresql+psycopg://lab@127.0.0.1:${port}/${name}`,
      };
    },
    // Ends at once, without waiting for connections to end.
    stop: () => stopServer(server, 'SIGQUIT'),
  };
}

export async function startMariadb(folder: string, python: Python): Promise<Database> {
  if (!hasProgram('mariadbd') || !hasProgram('mariadb-install-db')) throw new LabError(HOW_TO_INSTALL);
  await ownFolder(folder, 'mysql');
  const data = join(folder, 'data');
  const user = isRoot ? ['--user=mysql'] : [];
  const install = [`--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await mustRun('mariadb-install-db', ['--no-defaults', ...user, ...install, '--skip-name-resolve']);
  const port = await freePort();
  const flags = [`--datadir=${data}`, `--port=${port}`, `--socket=${join(folder, 'socket')}`];
  const relaxed = ['--bind-address=127.0.0.1', '--innodb-flush-log-at-trx-commit=0', '--skip-name-resolve'];
  const server = startWithLog(folder, 'mariadbd', ['--no-defaults', ...user, ...flags, ...relaxed]);
  const connect = ['import pymysql', `db = pymysql.connect(host="127.0.0.1", port=${port}, user="root")`];
  await untilConnected(server, 'MariaDB', folder, python, connect);
  return {
    create: async (name) => {
      await python.run([...connect, `db.cursor().execute("CREATE DATABASE ${name}")`]);
      return {
        MARIADB_HOST: '127.0.0.1',
        MARIADB_PORT: `${port}`,
        MARIADB_DATABASE: name,
        MARIADB_URL: `mysql+pymysql://root@127.0.0.1:${port}/${name}`,
      };
    },
    stop: () => stopServer(server, 'SIGKILL'),
  };
}

/** Debian keeps the server's programs out of PATH, one folder per version. */
function postgresFolder(): string {
  const versions = '/usr/lib/postgresql';
  const newestFirst = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const found = newestFirst
    .map((version) => join(versions, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')));
  if (found === undefined) throw new LabError(HOW_TO_INSTALL);
  return found;
}

async function ownFolder(folder: string, user: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (isRoot) await mustRun('chown', [`${user}:${user}`, folder]);
}

function startWithLog(folder: string, command: string, args: readonly string[]): ChildProcess {
  const log = openSync(join(folder, 'server.log'), 'w');
  const server = startServer(command, args, { cwd: folder, stdio: ['ignore', log, log] });
  closeSync(log);
  return server;
}

async function untilConnected(
  server: ChildProcess,
  name: string,
  folder: string,
  python: Python,
  connect: readonly string[],
): Promise<void> {
  const isReady = () =>
    python.run(connect).then(
      () => true,
      () => false,
    );
  if (await untilReady(server, isReady)) return;
  await stopServer(server, 'SIGKILL');
  const log = readFileSync(join(folder, 'server.log'), 'utf8').slice(-2000);
  throw new LabError(`${name} could not be started.\n${log}`);
}

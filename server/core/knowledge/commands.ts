/** Ways to start programs: os, subprocess, asyncio, pexpect, and those that run commands elsewhere (paramiko, fabric,
 *  invoke).
 *  @see https://docs.paramiko.org/en/stable/api/client.html, https://docs.fabfile.org/en/latest/api/connection.html,
 *  https://docs.pyinvoke.org/en/stable/api/runners.html, https://pexpect.readthedocs.io/en/stable/api/pexpect.html */
import type { Library, MisuseRow } from './library';

const SHELL = { kind: 'command', effect: 'is run as a shell command' } as const;
const COMMAND = { kind: 'command', effect: 'is run as a command' } as const;
const PROGRAM = { kind: 'command', effect: 'chooses the program that is run' } as const;
const OPTION = { kind: 'trust', effect: 'may be taken for an option' } as const;

const USES_SHELL = { argument: { position: 8, name: 'shell' }, values: [true, 1] } as const;

/** With a shell, the text is a script; without one, the first element of the list is the program. */
const SUBPROCESS = [
  { ...SHELL, argument: { position: 0, name: 'args' }, when: [USES_SHELL] },
  { ...PROGRAM, argument: { position: 0, name: 'args' }, element: 'first', unless: [USES_SHELL] },
  { ...SHELL, argument: { position: 0, name: 'args' }, element: 'script', unless: [USES_SHELL] },
  { ...OPTION, argument: { position: 0, name: 'args' }, element: 'option', unless: [USES_SHELL] },
] as const;
const SHELL_ON = { kind: 'shell', at: { position: 0, name: 'args' }, when: [USES_SHELL] } as const;
/** A file called `--checkpoint-action=…` becomes an option when the shell writes out `*`. */
const WILDCARD = {
  kind: 'wildcard',
  at: { position: 0 },
  when: [
    {
      argument: { position: 0 },
      pattern:
        /^(?:sudo\s+)?(?:\S*\/)?(?:chown|chmod|tar|rsync|zip|7z)\b(?!.* -- )(?:.*\s)\*(?:\.\w+)?(?:\s|$)/,
    },
  ],
} as const satisfies MisuseRow;
const WILDCARD_SHELL = { ...WILDCARD, when: [...WILDCARD.when, USES_SHELL] } as const satisfies MisuseRow;
/** A name without a folder is looked for in those of `PATH`, which the environment that is handed over may set. */
const BY_NAME = { argument: { position: 0, name: 'args' }, pattern: /^[^/\\\s]+$/ } as const;
const OTHER_PATH = { argument: { name: 'env', position: 10 }, path: ['PATH'], values: ['unknown'] } as const;
const PARTIAL = [{ ...BY_NAME, path: ['0'] }, BY_NAME].map(
  (program): MisuseRow => ({
    kind: 'programPath',
    at: { position: 0, name: 'args' },
    when: [program, OTHER_PATH],
    unless: [USES_SHELL],
  }),
);
const SHELL_FAULTS = [SHELL_ON, WILDCARD_SHELL, ...PARTIAL] as const;
const EXEC_SCRIPT = { ...SHELL, argument: { position: 1 }, element: 'script' } as const;
const SPAWN_SCRIPT = { ...SHELL, argument: { position: 2 }, element: 'script' } as const;
const EXEC_PATH = [{ ...PROGRAM, argument: { position: 0, name: 'path' } }, EXEC_SCRIPT] as const;
const EXEC_FILE = [{ ...PROGRAM, argument: { position: 0, name: 'file' } }, EXEC_SCRIPT] as const;
const SPAWN_PATH = [{ ...PROGRAM, argument: { position: 1, name: 'path' } }, SPAWN_SCRIPT] as const;
const SPAWN_FILE = [{ ...PROGRAM, argument: { position: 1, name: 'file' } }, SPAWN_SCRIPT] as const;
const REMOTE = { ...SHELL, argument: { position: 0, name: 'command' } } as const;
const PLAIN = { ...COMMAND, argument: { position: 0, name: 'command' } } as const;

export const commands = {
  reference: 'https://docs.python.org/3/library/subprocess.html#security-considerations',
  aliases: {
    'commands.getoutput': 'subprocess.getoutput',
    'commands.getstatusoutput': 'subprocess.getstatusoutput',
    'pipes.quote': 'shlex.quote',
    'asyncio.subprocess.create_subprocess_shell': 'asyncio.create_subprocess_shell',
    'asyncio.subprocess.create_subprocess_exec': 'asyncio.create_subprocess_exec',
    'paramiko.client.SSHClient': 'paramiko.SSHClient',
    'fabric.connection.Connection': 'fabric.Connection',
    'fabric2.Connection': 'fabric.Connection',
    'invoke.context.Context': 'invoke.Context',
    'pexpect.pty_spawn.spawn': 'pexpect.spawn',
  },
  types: {
    'paramiko.SSHClient.get_transport()': 'paramiko.Transport',
    'paramiko.SSHClient.invoke_shell()': 'paramiko.Channel',
    'paramiko.Transport.open_session()': 'paramiko.Channel',
  },
  sinks: {
    'os.system': { ...SHELL, argument: { position: 0, name: 'command' } },
    'os.popen': { ...SHELL, argument: { position: 0, name: 'cmd' } },
    'os.execl': EXEC_PATH,
    'os.execle': EXEC_PATH,
    'os.execlp': EXEC_FILE,
    'os.execlpe': EXEC_FILE,
    'os.execv': EXEC_PATH,
    'os.execve': EXEC_PATH,
    'os.execvp': EXEC_FILE,
    'os.execvpe': EXEC_FILE,
    'os.posix_spawn': EXEC_PATH,
    'os.posix_spawnp': EXEC_PATH,
    'os.spawnl': SPAWN_PATH,
    'os.spawnle': SPAWN_PATH,
    'os.spawnlp': SPAWN_FILE,
    'os.spawnlpe': SPAWN_FILE,
    'os.spawnv': SPAWN_PATH,
    'os.spawnve': SPAWN_PATH,
    'os.spawnvp': SPAWN_FILE,
    'os.spawnvpe': SPAWN_FILE,
    'os.startfile': { ...PROGRAM, argument: { position: 0, name: 'filepath' } },
    'pty.spawn': [
      { ...PROGRAM, argument: { position: 0, name: 'argv' }, element: 'first' },
      { ...SHELL, argument: { position: 0, name: 'argv' }, element: 'script' },
    ],
    'subprocess.run': SUBPROCESS,
    'subprocess.call': SUBPROCESS,
    'subprocess.check_call': SUBPROCESS,
    'subprocess.check_output': SUBPROCESS,
    'subprocess.Popen': SUBPROCESS,
    'subprocess.getoutput': { ...SHELL, argument: { position: 0, name: 'cmd' } },
    'subprocess.getstatusoutput': { ...SHELL, argument: { position: 0, name: 'cmd' } },
    'asyncio.create_subprocess_shell': { ...SHELL, argument: { position: 0, name: 'cmd' } },
    'asyncio.create_subprocess_exec': [
      { ...PROGRAM, argument: { position: 0, name: 'program' } },
      { ...SHELL, argument: { position: 0 }, element: 'script' },
    ],
    'pexpect.spawn': PLAIN,
    'pexpect.run': PLAIN,
    'pexpect.runu': PLAIN,
    'pexpect.popen_spawn.PopenSpawn': { ...COMMAND, argument: { position: 0, name: 'cmd' } },
    'paramiko.SSHClient.exec_command': REMOTE,
    'paramiko.Channel.exec_command': REMOTE,
    'paramiko.ProxyCommand': { ...COMMAND, argument: { position: 0, name: 'command_line' } },
    'fabric.Connection.run': REMOTE,
    'fabric.Connection.sudo': REMOTE,
    'fabric.Connection.local': REMOTE,
    'invoke.run': REMOTE,
    'invoke.sudo': REMOTE,
    'invoke.Context.run': REMOTE,
    'invoke.Context.sudo': REMOTE,
  },
  sanitizers: {
    'shlex.quote': { clears: ['command'], label: 'quoted for the shell', isShellWord: true },
    'shlex.join': { clears: ['command'], label: 'quoted for the shell', isShellWord: true },
  },
  propagators: ['shlex.split', 'subprocess.list2cmdline', 'os.fsencode', 'os.fsdecode'],
  misuses: {
    'subprocess.run': SHELL_FAULTS,
    'subprocess.call': SHELL_FAULTS,
    'subprocess.check_call': SHELL_FAULTS,
    'subprocess.check_output': SHELL_FAULTS,
    'subprocess.Popen': SHELL_FAULTS,
    'os.system': WILDCARD,
    'os.popen': WILDCARD,
  },
} as const satisfies Library;

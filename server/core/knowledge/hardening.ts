/** Calls of the standard library and of SSH clients that trust too much: who may write a file, what an archive may
 *  unpack, who is on the other end.
 *  @see https://docs.python.org/3/library/tarfile.html#extraction-filters
 *  @see https://docs.python.org/3/library/tempfile.html#deprecated-functions-and-variables
 *  @see https://docs.paramiko.org/en/stable/api/client.html */
import type { Library, MisuseRow } from './library';

const UNFILTERED = {
  kind: 'archive',
  when: [{ argument: { name: 'filter' }, values: ['absent', null, 'fully_trusted'] }],
  // Members that were chosen have been looked at.
  unless: [{ argument: { name: 'members', position: 1 }, values: ['unknown'] }],
} as const satisfies MisuseRow;
/** A member that the code names is known. */
const UNFILTERED_MEMBER = {
  kind: 'archive',
  when: UNFILTERED.when,
  unless: [{ argument: { name: 'member', position: 0 }, pattern: /./ }],
} as const satisfies MisuseRow;
const TAR_NAME = /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz)$/;
const GUESSED = { kind: 'tempFile', when: [] } as const satisfies MisuseRow;
const HOST_KEY = {
  kind: 'hostKey',
  at: { name: 'policy', position: 0 },
  when: [
    {
      argument: { name: 'policy', position: 0 },
      refs: ['paramiko.AutoAddPolicy', 'paramiko.WarningPolicy'],
    },
  ],
} as const satisfies MisuseRow;
const CLEARTEXT = { kind: 'cleartextProtocol', when: [] } as const satisfies MisuseRow;
/** Modes in which everybody may write. */
const WRITABLE_MODES = Array.from({ length: 0o1000 }, (_, mode) => mode).filter(
  (mode) => (mode & 0o002) !== 0,
);
const MODE = {
  kind: 'fileMode',
  at: { name: 'mode', position: 1 },
  when: [{ argument: { name: 'mode', position: 1 }, values: WRITABLE_MODES }],
} as const satisfies MisuseRow;

export const hardening = {
  reference: 'https://docs.python.org/3/library/tarfile.html#extraction-filters',
  aliases: {
    'paramiko.client.SSHClient': 'paramiko.SSHClient',
    'paramiko.client.AutoAddPolicy': 'paramiko.AutoAddPolicy',
    'paramiko.client.WarningPolicy': 'paramiko.WarningPolicy',
    'paramiko.client.RejectPolicy': 'paramiko.RejectPolicy',
  },
  types: {
    'tarfile.open()': 'tarfile.TarFile',
    'tarfile.TarFile.open()': 'tarfile.TarFile',
    'tarfile.TarFile.gzopen()': 'tarfile.TarFile',
  },
  misuses: {
    'tarfile.TarFile.extractall': UNFILTERED,
    'tarfile.TarFile.extract': UNFILTERED_MEMBER,
    'shutil.unpack_archive': [
      {
        kind: 'archive',
        when: [
          { argument: { name: 'filename', position: 0 }, pattern: TAR_NAME },
          { argument: { name: 'filter' }, values: ['absent', null, 'fully_trusted'] },
        ],
      },
      {
        kind: 'archive',
        when: [
          { argument: { name: 'format', position: 2 }, pattern: /tar$/ },
          { argument: { name: 'filter' }, values: ['absent', null, 'fully_trusted'] },
        ],
        unless: [{ argument: { name: 'filename', position: 0 }, pattern: TAR_NAME }],
      },
    ],
    'tempfile.mktemp': GUESSED,
    'os.tempnam': GUESSED,
    'os.tmpnam': GUESSED,
    'builtins.open': {
      kind: 'tempFile',
      at: { name: 'file', position: 0 },
      when: [
        { argument: { name: 'file', position: 0 }, pattern: /^\/(?:tmp|var\/tmp|dev\/shm)\/./ },
        { argument: { name: 'mode', position: 1 }, pattern: /^[^x]*[wa+][^x]*$/ },
      ],
    },
    'paramiko.SSHClient.set_missing_host_key_policy': HOST_KEY,
    'asyncssh.connect': {
      kind: 'hostKey',
      at: { name: 'known_hosts' },
      when: [{ argument: { name: 'known_hosts' }, values: [null] }],
    },
    'ftplib.FTP': CLEARTEXT,
    'telnetlib.Telnet': CLEARTEXT,
    'os.chmod': MODE,
    'os.fchmod': MODE,
    'os.lchmod': MODE,
    'pathlib.Path.chmod': {
      kind: 'fileMode',
      at: { name: 'mode', position: 0 },
      when: [{ argument: { name: 'mode', position: 0 }, values: WRITABLE_MODES }],
    },
    'logging.config.listen': {
      kind: 'loggingListener',
      when: [{ argument: { name: 'verify', position: 1 }, values: ['absent', null] }],
    },
  },
} as const satisfies Library;

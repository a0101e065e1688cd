/** A shell writes out `*` for a program that takes options. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'shell-wildcard',
  title: 'Wildcard in a shell command',
  kind: 'wildcard',
  severity: 'information',
  doc: {
    happens:
      'The shell replaces `*` by the names of the files. A file called `--checkpoint-action=exec=sh x.sh` is then an option of `tar`, ' +
      'and whoever may put files there runs commands.',
    vulnerable: {
      'backup.py': `
import os


def backup():
    os.system("tar czf /backup/uploads.tgz *")
`,
    },
    safe: {
      'backup.py': `
import os


def backup():
    os.system("tar czf /backup/uploads.tgz -- *")
`,
    },
    why: 'Behind `--` everything is a name. `./*` helps as well.',
    limits: 'Nothing can happen where only you write files.',
    references: [
      { title: 'CWE-78: OS Command Injection', url: 'https://cwe.mitre.org/data/definitions/78.html' },
      {
        title: 'POSIX: utility syntax guidelines',
        url: 'https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap12.html',
      },
    ],
  },
  message: () => 'A file name may become an option of this command, because the shell writes out `*`.',
});

/** An SSH connection to whoever answers. */
import { refuse } from '../edits/outcome';
import { fixOf, setMember } from './argumentFix';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'ssh-host-key-unchecked',
  title: 'SSH server not checked',
  kind: 'hostKey',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'An SSH server proves who it is by its key. A client that accepts every key logs in to whoever answers, hands over ' +
      'the password, and sends its files there.',
    vulnerable: {
      'deploy.py': `
import paramiko


def connect(host):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host)
    return client
`,
    },
    safe: {
      'deploy.py': `
import paramiko


def connect(host):
    client = paramiko.SSHClient()
    client.load_host_keys("/etc/app/known_hosts")
    client.connect(host)
    return client
`,
    },
    why: 'Keys that are known beforehand are compared; a server with another one is refused.',
    limits: 'After the fix the keys of the servers have to be known: `ssh-keyscan` writes them down.',
    references: [
      {
        title: 'CWE-295: Improper Certificate Validation',
        url: 'https://cwe.mitre.org/data/definitions/295.html',
      },
      { title: 'Paramiko: client', url: 'https://docs.paramiko.org/en/stable/api/client.html' },
    ],
  },
  message: () => 'This client accepts the key of any server, so anybody on the way can answer instead.',
  fix: (context, { place, site, callee }) =>
    fixOf(context, { title: 'Refuse unknown servers', safety: 'review' }, (edits) => {
      if (!callee.startsWith('paramiko')) return refuse('the file with the known keys is not known');
      const node = place.kind === 'Call' ? place.func : place;
      setMember(context, site, node, { from: 'paramiko', name: 'RejectPolicy' }, edits);
    }),
});

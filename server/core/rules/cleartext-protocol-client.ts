/** A client that sends passwords in clear text. */
import { enclosingFunction, type Site } from '../model/scope';
import { walkExpressions } from '../syntax/python/walk';
import { fixOf, setMember } from './argumentFix';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'cleartext-protocol-client',
  title: 'Connection without encryption',
  kind: 'cleartextProtocol',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'FTP and Telnet send everything as it is, the password first, and so do SMTP, IMAP and POP3 before `starttls`. Anybody ' +
      'on the way can read and change it.',
    vulnerable: {
      'export.py': `
from ftplib import FTP


def upload(host, user, password, file):
    with FTP(host) as ftp:
        ftp.login(user, password)
        ftp.storbinary("STOR export.csv", file)
`,
    },
    safe: {
      'export.py': `
from ftplib import FTP_TLS


def upload(host, user, password, file):
    with FTP_TLS(host) as ftp:
        ftp.login(user, password)
        ftp.prot_p()
        ftp.storbinary("STOR export.csv", file)
`,
    },
    why: '`FTP_TLS` encrypts the log-in, and after `prot_p()` the files as well. SFTP, over SSH, does both. Mail servers have `starttls()`, or `SMTP_SSL` and its like.',
    limits: 'The server has to support it. Telnet has no such sibling: use SSH.',
    references: [
      {
        title: 'CWE-319: Cleartext Transmission of Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/319.html',
      },
      {
        title: 'Python: ftplib.FTP_TLS',
        url: 'https://docs.python.org/3/library/ftplib.html#ftplib.FTP_TLS',
      },
    ],
  },
  message: ({ callee }) =>
    isOfMail(callee)
      ? 'This password goes over a connection that nothing has encrypted.'
      : `${callee.startsWith('ftplib') ? 'FTP' : 'Telnet'} sends passwords and data in clear text.`,
  accepts: ({ callee, site }) => !isOfMail(callee) || !mayEncrypt(site),
  fix: (context, { call, site, callee }) =>
    call === undefined || !callee.startsWith('ftplib')
      ? []
      : fixOf(context, { title: 'Use FTP_TLS', safety: 'review' }, (edits) =>
          setMember(context, site, call.func, { from: 'ftplib', name: 'FTP_TLS' }, edits),
        ),
});

function isOfMail(callee: string): boolean {
  return /^(?:smtplib|imaplib|poplib)\./.test(callee);
}

/** Some way through the function encrypts the connection; which one is taken is for whoever runs the app to say. */
function mayEncrypt(site: Site): boolean {
  return walkExpressions(enclosingFunction(site)?.body ?? []).some(
    (node) =>
      node.kind === 'Attribute' && /^(?:starttls|stls|SMTP_SSL|IMAP4_SSL|POP3_SSL)$/.test(node.attr.id),
  );
}

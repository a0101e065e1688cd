/** A password is written in the code. */
import { writtenSecretRule } from './writtenSecretRule';

export const rule = writtenSecretRule({
  id: 'hardcoded-password',
  title: 'Password in the code',
  kind: 'secret',
  severity: 'error',
  fixSafety: 'review',
  secretKind: 'password',
  doc: {
    happens:
      'Everybody who can read the code, now or in an old commit, a backup or a container image, can log in with this ' +
      'password. It is also the same on every installation, and changing it takes a release.',
    vulnerable: {
      'mailer.py': `
import smtplib


def send(message):
    with smtplib.SMTP("mail.example.com", 587) as server:
        server.starttls()
        server.login("newsletter", "Kq7-tram-2019")
        server.send_message(message)
`,
    },
    safe: {
      'mailer.py': `
import os
import smtplib


def send(message):
    with smtplib.SMTP("mail.example.com", 587) as server:
        server.starttls()
        server.login("newsletter", os.environ["SMTP_PASSWORD"])
        server.send_message(message)
`,
    },
    why:
      'The password lives outside of the code, and each installation has its own. In development, a `.env` file that ' +
      'git ignores can hold it. Change a password that was ever committed: it stays in the history.',
    limits:
      'A password is known by the name it has in the code, or by the argument it is given for. Tests, placeholders such ' +
      'as `changeme`, labels and names of form fields are left alone.',
    references: [
      { title: 'CWE-798: Hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      {
        title: 'OWASP: Secrets Management Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
      },
    ],
  },
  message: ({ label }) =>
    label === 'address'
      ? 'This address has a password in it, so everybody who can read the code can use it.'
      : `A password (\`${label}\`) is written in the code, so everybody who can read the code can use it.`,
});

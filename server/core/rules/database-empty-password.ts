/** A database is opened with an empty password. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'database-empty-password',
  title: 'Database without a password',
  kind: 'emptyPassword',
  severity: 'warning',
  doc: {
    happens:
      'Everybody who reaches the database gets in: another program on the machine, another container in the network, a request that ' +
      'your server was talked into.',
    vulnerable: {
      'db.py': `
import pymysql


def connect():
    return pymysql.connect(host="db", user="shop", password="")
`,
    },
    safe: {
      'db.py': `
import os

import pymysql


def connect():
    return pymysql.connect(host="db", user="shop", password=os.environ["DB_PASSWORD"])
`,
    },
    why: 'The password is not in the code, and there is one.',
    limits:
      'A database that knows its users by a socket or a certificate needs no password: leave the argument out then.',
    references: [
      {
        title: 'CWE-521: Weak Password Requirements',
        url: 'https://cwe.mitre.org/data/definitions/521.html',
      },
      { title: 'PEP 249: connect', url: 'https://peps.python.org/pep-0249/#connect' },
    ],
  },
  message: () => 'This database is opened with an empty password.',
});

/** A directory is asked without a password. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'ldap-anonymous-bind',
  title: 'Directory log-in without a password',
  kind: 'anonymousBind',
  severity: 'warning',
  doc: {
    happens:
      'A directory answers a log-in with an empty password with yes: it takes it for an anonymous one. An app that logs people in ' +
      'this way lets everybody in as anybody.',
    vulnerable: {
      'login.py': `
import ldap


def connect():
    connection = ldap.initialize("ldaps://directory.example")
    connection.simple_bind_s("cn=app,dc=example", "")
    return connection
`,
    },
    safe: {
      'login.py': `
import os

import ldap


def connect():
    connection = ldap.initialize("ldaps://directory.example")
    connection.simple_bind_s("cn=app,dc=example", os.environ["LDAP_PASSWORD"])
    return connection
`,
    },
    why: 'The directory now checks who asks. Refuse an empty password before you pass a visitor’s on.',
    limits: 'Reading public entries of a directory needs no password.',
    references: [
      { title: 'CWE-287: Improper Authentication', url: 'https://cwe.mitre.org/data/definitions/287.html' },
      {
        title: 'RFC 4513: unauthenticated binds',
        url: 'https://www.rfc-editor.org/rfc/rfc4513#section-5.1.2',
      },
    ],
  },
  message: () => 'The directory is asked without a password, so it checks nobody.',
});

/** Request data that becomes part of a directory filter or name. */
import { flowRule } from './flowRule';
import { fixByWrapping } from './wrapFix';

export const rule = flowRule({
  id: 'ldap-injection',
  title: 'LDAP injection',
  kind: 'ldap',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'Parentheses, `*` and `|` mean something in an LDAP filter. Somebody who logs in as `*)(uid=admin` changes what ' +
      'is searched for: they find entries they should not see, or log in as somebody else.',
    vulnerable: {
      'app.py': `
import ldap
from flask import Flask, request

app = Flask(__name__)


@app.get("/people")
def people():
    directory = ldap.initialize(app.config["LDAP_URL"])
    name = request.args["name"]
    found = directory.search_s("ou=people,dc=example,dc=org", ldap.SCOPE_SUBTREE, f"(cn={name})")
    return {"found": len(found)}
`,
    },
    safe: {
      'app.py': `
import ldap
from flask import Flask, request
from ldap.filter import escape_filter_chars

app = Flask(__name__)


@app.get("/people")
def people():
    directory = ldap.initialize(app.config["LDAP_URL"])
    name = request.args["name"]
    found = directory.search_s("ou=people,dc=example,dc=org", ldap.SCOPE_SUBTREE, f"(cn={escape_filter_chars(name)})")
    return {"found": len(found)}
`,
    },
    why:
      '`escape_filter_chars` writes the special characters as `\\28`, `\\2a` and so on, which the directory reads as ' +
      'plain characters. In names (DN) other characters are special: use `ldap.dn.escape_dn_chars`, or ' +
      '`ldap3.utils.dn.escape_rdn`, there.',
    limits: 'Moat takes both ways of escaping as good and does not check that each stands where it belongs.',
    references: [
      { title: 'CWE-90: LDAP Injection', url: 'https://cwe.mitre.org/data/definitions/90.html' },
      {
        title: 'python-ldap: ldap.filter',
        url: 'https://www.python-ldap.org/en/latest/reference/ldap-filter.html',
      },
      { title: 'ldap3: searches', url: 'https://ldap3.readthedocs.io/en/latest/searches.html' },
    ],
  },
  message: (label) => `This directory query depends on \`${label}\`, which a visitor controls.`,
  fixesCallers: true,
  fix(context, hit) {
    const isLdap3 = hit.callee.startsWith('ldap3.');
    const isFilter = hit.call.args.findIndex(({ value }) => value === hit.argument) === (isLdap3 ? 1 : 2);
    const isNamedFilter = hit.call.args.some(
      ({ name, value }) => value === hit.argument && /filter/.test(name?.id ?? ''),
    );
    const escapes = isFilter || isNamedFilter ? FILTER : NAME;
    const isSearch = /search/.test(hit.callee);
    return fixByWrapping(context, hit, {
      import: isSearch ? escapes[isLdap3 ? 'ldap3' : 'ldap'] : NAME[isLdap3 ? 'ldap3' : 'ldap'],
      title: 'Escape the value for LDAP',
      safety: 'review',
      wholeReason: 'the visitor writes the whole query',
    });
  },
});

const FILTER = {
  ldap: { from: 'ldap.filter', name: 'escape_filter_chars' },
  ldap3: { from: 'ldap3.utils.conv', name: 'escape_filter_chars' },
} as const;
const NAME = {
  ldap: { from: 'ldap.dn', name: 'escape_dn_chars' },
  ldap3: { from: 'ldap3.utils.dn', name: 'escape_rdn' },
} as const;

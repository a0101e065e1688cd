/** Directories: python-ldap and ldap3. Names (DN) and filters are both languages of their own.
 *  @see https://ldap3.readthedocs.io/en/latest/searches.html */
import type { Library, MisuseRow } from './library';

const DIRECTORY = { kind: 'ldap', effect: 'becomes part of the directory query' } as const;
/** Base and filter are both dangerous. */
const SEARCH = { ...DIRECTORY, argument: 'all' } as const;
const NAMED = { ...DIRECTORY, argument: { position: 0, name: 'dn' } } as const;
const WHO = { ...DIRECTORY, argument: { position: 0, name: 'who' } } as const;
/** Without a password the directory takes whoever asks for an anonymous visitor, and says yes. */
const NO_PASSWORD = ['absent', '', null] as const;
const CRED = { position: 1, name: 'cred' } as const;
const NAMELESS = {
  kind: 'anonymousBind',
  when: [{ argument: CRED, values: NO_PASSWORD }],
} as const satisfies MisuseRow;
const ESCAPED = { clears: ['ldap'], label: 'escaped for LDAP' } as const;

export const ldap = {
  reference: 'https://www.python-ldap.org/en/latest/reference/ldap.html',
  aliases: {
    'ldap.open': 'ldap.initialize',
    'ldap.ldapobject.LDAPObject': 'ldap.ldapobject.SimpleLDAPObject',
    'ldap3.core.connection.Connection': 'ldap3.Connection',
  },
  types: { 'ldap.initialize()': 'ldap.ldapobject.SimpleLDAPObject' },
  bases: { 'ldap.ldapobject.ReconnectLDAPObject': 'ldap.ldapobject.SimpleLDAPObject' },
  sinks: {
    'ldap.ldapobject.SimpleLDAPObject.search': SEARCH,
    'ldap.ldapobject.SimpleLDAPObject.search_s': SEARCH,
    'ldap.ldapobject.SimpleLDAPObject.search_st': SEARCH,
    'ldap.ldapobject.SimpleLDAPObject.search_ext': SEARCH,
    'ldap.ldapobject.SimpleLDAPObject.search_ext_s': SEARCH,
    'ldap.ldapobject.SimpleLDAPObject.add_s': NAMED,
    'ldap.ldapobject.SimpleLDAPObject.compare_s': NAMED,
    'ldap.ldapobject.SimpleLDAPObject.delete_s': NAMED,
    'ldap.ldapobject.SimpleLDAPObject.modify_s': NAMED,
    'ldap.ldapobject.SimpleLDAPObject.rename_s': NAMED,
    'ldap.ldapobject.SimpleLDAPObject.bind_s': WHO,
    'ldap.ldapobject.SimpleLDAPObject.simple_bind': WHO,
    'ldap.ldapobject.SimpleLDAPObject.simple_bind_s': WHO,
    'ldap3.Connection': { ...DIRECTORY, argument: { position: 1, name: 'user' } },
    'ldap3.Connection.search': SEARCH,
    'ldap3.Connection.add': NAMED,
    'ldap3.Connection.compare': NAMED,
    'ldap3.Connection.delete': NAMED,
    'ldap3.Connection.modify': NAMED,
    'ldap3.Connection.modify_dn': NAMED,
  },
  misuses: {
    'ldap.ldapobject.SimpleLDAPObject.simple_bind': NAMELESS,
    'ldap.ldapobject.SimpleLDAPObject.simple_bind_s': NAMELESS,
    'ldap.ldapobject.SimpleLDAPObject.bind_s': NAMELESS,
    'ldap3.Connection': {
      kind: 'anonymousBind',
      when: [
        { argument: { position: 2, name: 'password' }, values: NO_PASSWORD },
        { argument: { name: 'authentication' }, values: ['absent', 'ANONYMOUS', null] },
      ],
    },
  },
  sanitizers: {
    'ldap.filter.escape_filter_chars': ESCAPED,
    'ldap.filter.filter_format': ESCAPED,
    'ldap.dn.escape_dn_chars': ESCAPED,
    'ldap3.utils.conv.escape_filter_chars': ESCAPED,
    'ldap3.utils.dn.escape_rdn': ESCAPED,
  },
} as const satisfies Library;

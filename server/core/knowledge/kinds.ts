/** Kinds of harm. CWE and OWASP Top 10 (2021) categories live here once, not in the rules.
 *  @see https://cwe.mitre.org/ and https://owasp.org/Top10/2021/ */

export interface KindInfo {
  /** Primary CWE number. */
  readonly cwe: number;
  /** OWASP Top 10:2021 category. */
  readonly owasp: string;
}

export const SINK_KINDS = {
  sql: { cwe: 89, owasp: 'A03' },
  command: { cwe: 78, owasp: 'A03' },
  code: { cwe: 95, owasp: 'A03' },
  reflection: { cwe: 470, owasp: 'A03' },
  nosql: { cwe: 943, owasp: 'A03' },
  ldap: { cwe: 90, owasp: 'A03' },
  xpath: { cwe: 643, owasp: 'A03' },
  header: { cwe: 113, owasp: 'A03' },
  log: { cwe: 117, owasp: 'A09' },
  regex: { cwe: 1333, owasp: 'A03' },
  html: { cwe: 79, owasp: 'A03' },
  template: { cwe: 1336, owasp: 'A03' },
  templateName: { cwe: 73, owasp: 'A04' },
  path: { cwe: 22, owasp: 'A01' },
  deserialization: { cwe: 502, owasp: 'A08' },
  ssrf: { cwe: 918, owasp: 'A10' },
  redirect: { cwe: 601, owasp: 'A01' },
  xml: { cwe: 611, owasp: 'A05' },
  session: { cwe: 501, owasp: 'A04' },
  secret: { cwe: 798, owasp: 'A07' },
} as const satisfies Record<string, KindInfo>;

export type SinkKind = keyof typeof SINK_KINDS;

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
  html: { cwe: 79, owasp: 'A03' },
  secret: { cwe: 798, owasp: 'A07' },
} as const satisfies Record<string, KindInfo>;

export type SinkKind = keyof typeof SINK_KINDS;

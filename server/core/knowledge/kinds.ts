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
  // Places in a page where escaping is not enough: a URL's scheme, JavaScript, a value without quotes.
  link: { cwe: 79, owasp: 'A03' },
  script: { cwe: 79, owasp: 'A03' },
  attribute: { cwe: 79, owasp: 'A03' },
  template: { cwe: 1336, owasp: 'A03' },
  templateName: { cwe: 73, owasp: 'A04' },
  path: { cwe: 22, owasp: 'A01' },
  deserialization: { cwe: 502, owasp: 'A08' },
  ssrf: { cwe: 918, owasp: 'A10' },
  redirect: { cwe: 601, owasp: 'A01' },
  xml: { cwe: 611, owasp: 'A05' },
  // Places that take a value at its word: only what is fully checked is safe there. Told apart by their effect.
  trust: { cwe: 501, owasp: 'A04' },
  massAssignment: { cwe: 915, owasp: 'A08' },
  // What errors say, sent to visitors.
  exposure: { cwe: 209, owasp: 'A04' },
} as const satisfies Record<string, KindInfo>;

export type SinkKind = keyof typeof SINK_KINDS;

/** Every kind of sink but these. */
export function otherKinds(...kinds: readonly SinkKind[]): readonly SinkKind[] {
  return (Object.keys(SINK_KINDS) as SinkKind[]).filter((kind) => !kinds.includes(kind));
}

/** Faults that need no untrusted data: a setting, a missing argument, a weak function. */
export const FAULT_KINDS = {
  secret: { cwe: 798, owasp: 'A07' },
  shell: { cwe: 78, owasp: 'A03' },
  autoescape: { cwe: 79, owasp: 'A03' },
  templateExtension: { cwe: 79, owasp: 'A03' },
  ownRendering: { cwe: 79, owasp: 'A03' },
  jsonAsHtml: { cwe: 79, owasp: 'A03' },
  opener: { cwe: 1022, owasp: 'A05' },
  integrity: { cwe: 353, owasp: 'A08' },
  csrf: { cwe: 352, owasp: 'A01' },
  stateChangingGet: { cwe: 650, owasp: 'A04' },
  authorization: { cwe: 862, owasp: 'A01' },
  cookieSecure: { cwe: 614, owasp: 'A05' },
  cookieHttpOnly: { cwe: 1004, owasp: 'A05' },
  cookieSameSite: { cwe: 1275, owasp: 'A01' },
  clientSession: { cwe: 315, owasp: 'A05' },
  timing: { cwe: 208, owasp: 'A02' },
  plaintextPassword: { cwe: 256, owasp: 'A04' },
  weakPasswordHash: { cwe: 916, owasp: 'A02' },
  weakPasswordParameters: { cwe: 916, owasp: 'A02' },
  unverifiedToken: { cwe: 347, owasp: 'A02' },
  unsignedToken: { cwe: 347, owasp: 'A02' },
  predictableToken: { cwe: 338, owasp: 'A02' },
  assertion: { cwe: 617, owasp: 'A01' },
  cryptoKey: { cwe: 321, owasp: 'A02' },
  loggedSecret: { cwe: 532, owasp: 'A09' },
  weakHash: { cwe: 328, owasp: 'A02' },
  debug: { cwe: 489, owasp: 'A05' },
  propagation: { cwe: 209, owasp: 'A04' },
  sessionProtection: { cwe: 384, owasp: 'A07' },
  debugger: { cwe: 489, owasp: 'A05' },
  publicBinding: { cwe: 668, owasp: 'A01' },
  introspection: { cwe: 200, owasp: 'A01' },
  cors: { cwe: 942, owasp: 'A05' },
  corsCredentials: { cwe: 942, owasp: 'A05' },
  headers: { cwe: 693, owasp: 'A05' },
  talisman: { cwe: 693, owasp: 'A05' },
  bodySize: { cwe: 770, owasp: 'A04' },
  exposedFiles: { cwe: 552, owasp: 'A01' },
  tlsVerification: { cwe: 295, owasp: 'A07' },
  sslContext: { cwe: 295, owasp: 'A07' },
  tlsVersion: { cwe: 327, owasp: 'A02' },
  cleartext: { cwe: 319, owasp: 'A02' },
  timeout: { cwe: 400, owasp: 'A04' },
  upload: { cwe: 434, owasp: 'A04' },
  archive: { cwe: 22, owasp: 'A01' },
  urlCheck: { cwe: 20, owasp: 'A03' },
  tempFile: { cwe: 377, owasp: 'A01' },
  cipher: { cwe: 327, owasp: 'A02' },
  cipherMode: { cwe: 327, owasp: 'A02' },
  keySize: { cwe: 326, owasp: 'A02' },
  staticIv: { cwe: 329, owasp: 'A02' },
  staticSalt: { cwe: 760, owasp: 'A02' },
  cleartextProtocol: { cwe: 319, owasp: 'A02' },
  hostKey: { cwe: 295, owasp: 'A07' },
  fileMode: { cwe: 732, owasp: 'A01' },
  loggingListener: { cwe: 94, owasp: 'A03' },
  inputValidation: { cwe: 20, owasp: 'A03' },
  policy: { cwe: 693, owasp: 'A05' },
  missingLogin: { cwe: 306, owasp: 'A07' },
  guessing: { cwe: 307, owasp: 'A07' },
  expiry: { cwe: 613, owasp: 'A07' },
  initialization: { cwe: 665, owasp: 'A05' },
  committedFile: { cwe: 538, owasp: 'A01' },
  keyRotation: { cwe: 324, owasp: 'A02' },
  forwarded: { cwe: 348, owasp: 'A04' },
  hiddenCharacters: { cwe: 838, owasp: 'A03' },
  anonymousBind: { cwe: 287, owasp: 'A07' },
  emptyPassword: { cwe: 521, owasp: 'A07' },
  wildcard: { cwe: 78, owasp: 'A03' },
  tagPattern: { cwe: 116, owasp: 'A03' },
  unescapedTemplates: { cwe: 79, owasp: 'A03' },
  spreadsheet: { cwe: 1236, owasp: 'A03' },
  formatText: { cwe: 134, owasp: 'A03' },
  programOption: { cwe: 88, owasp: 'A03' },
  cookieValue: { cwe: 20, owasp: 'A03' },
  hostHeader: { cwe: 644, owasp: 'A03' },
  xmlText: { cwe: 91, owasp: 'A03' },
  clientAddress: { cwe: 290, owasp: 'A07' },
  tokenContent: { cwe: 522, owasp: 'A04' },
  sharedCache: { cwe: 525, owasp: 'A04' },
  slowPattern: { cwe: 1333, owasp: 'A04' },
  entityExpansion: { cwe: 776, owasp: 'A05' },
  decompression: { cwe: 409, owasp: 'A04' },
  allocation: { cwe: 770, owasp: 'A04' },
  notANumber: { cwe: 704, owasp: 'A03' },
  prompt: { cwe: 1427, owasp: 'A03' },
  urlScheme: { cwe: 918, owasp: 'A10' },
  programPath: { cwe: 426, owasp: 'A08' },
  swallowed: { cwe: 703, owasp: 'A09' },
  // What people write for Moat itself.
  upkeep: { cwe: 1116, owasp: 'A04' },
} as const satisfies Record<string, KindInfo>;

export type FaultKind = keyof typeof FAULT_KINDS;

/** What a rule can be about. */
export const KINDS = { ...SINK_KINDS, ...FAULT_KINDS } as const;

export type Kind = keyof typeof KINDS;

/** Holds a report against the official JSON schema of SARIF 2.1.0. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Run } from 'sarif';
import { expect } from 'vitest';

const SCHEMA = JSON.parse(
  readFileSync(fileURLToPath(new URL('./schema/sarif-2.1.0-rtm.5.json', import.meta.url)), 'utf8'),
);

// One pattern of the schema is no regular expression in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(SCHEMA);

export function isValidSarif(log: unknown): boolean {
  return validate(log) === true;
}

/** The only run of a report that passes. */
export function validateSarif(log: unknown): Run {
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return (log as Log).runs[0] as Run;
}

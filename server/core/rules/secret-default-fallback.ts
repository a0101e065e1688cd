/** A key is read from the environment, but a known one is used when it is not set. */

import type { FileContext } from './context';
import type { RawFinding, Rule } from './rule';
import { type SecretSetting, secretPath, valueRange } from './secretKeys';
import { secretRule } from './secretRule';
import { writtenSecretRule } from './writtenSecretRule';

const forSettings = secretRule({
  id: 'secret-default-fallback',
  title: 'Secret key with a known fallback',
  kind: 'secret',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'If the environment variable is missing on the server, by a typo or after a move, the app starts all the same, ' +
      'with a key that stands in the code. Nobody notices, and everybody who knows the code can forge session cookies.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "dev")
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
`,
    },
    why:
      '`os.environ["SECRET_KEY"]` raises `KeyError` when the variable is missing: the app refuses to start, which you ' +
      'see at once, instead of running unprotected, which you don’t see at all.',
    limits: 'Configurations for tests are left alone.',
    references: [
      { title: 'CWE-798: Hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      { title: 'Flask: SECRET_KEY', url: 'https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY' },
    ],
  },
  toFinding,
});

const forOthers = writtenSecretRule({
  ...forSettings,
  secretKind: 'fallback',
  message: ({ variable }) =>
    `\`${variable}\` falls back to a value that is written in the code when the environment does not set it.`,
});

/** Secrets of the configuration, and those that are known by their name or by what they are used for. */
export const rule: Rule = {
  ...forSettings,
  checkUnit: forOthers.checkUnit,
  fix(context, finding) {
    const fixes = forSettings.fix?.(context, finding) ?? [];
    return fixes.length > 0 ? fixes : (forOthers.fix?.(context, finding) ?? []);
  },
};

function toFinding(context: FileContext, { entry, origin }: SecretSetting): RawFinding | undefined {
  if (origin.kind !== 'fallback') return undefined;
  return {
    range: valueRange(context, entry),
    message: `\`${entry.key}\` falls back to a key that is written in the code when the environment does not set it.`,
    confidence: 'high',
    path: secretPath(context, { entry, origin }, origin.literal),
  };
}

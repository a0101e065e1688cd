/** A key that signs sessions or tokens is written in the code. */

import { isExampleFile } from '../model/developmentCode';
import type { Owners } from '../model/unitFacts';
import { literalText } from '../syntax/python/literals';
import type { FileContext } from './context';
import type { RawFinding } from './rule';
import { type SecretSetting, secretPath, valueRange } from './secretKeys';
import { secretRule } from './secretRule';

export const rule = secretRule({
  id: 'hardcoded-secret-key',
  title: 'Secret key in the code',
  kind: 'secret',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'Flask signs the session cookie with this key. Whoever reads the code, in the repository, a backup or a stack ' +
      'trace, can sign a cookie of their own that says “logged in as admin”. A key that was ever committed is burnt: ' +
      'replace it, don’t move it.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.secret_key = "6f1ed002ab5595859014ebf0951522d9"
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
`,
    },
    why:
      'The key lives outside of the code, each installation has its own, and the app refuses to start without it ' +
      'instead of running with a known one. In development a `.env` file that git ignores holds it; make a key with ' +
      '`python -c "import secrets; print(secrets.token_hex(32))"`.',
    limits: 'Configurations for tests are left alone. Moat does not read the values of your environment.',
    references: [
      { title: 'CWE-798: Hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      { title: 'Flask: SECRET_KEY', url: 'https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY' },
    ],
  },
  toFinding,
});

function toFinding(context: FileContext, { entry, origin }: SecretSetting): RawFinding | undefined {
  if (origin.kind !== 'literal') return undefined;
  if (literalText(origin.node) === entry.key && isListOfNames(entry.site.owners.at(-1))) return undefined;
  const isForDevelopment =
    isExampleFile(context.file) ||
    (entry.provenance.kind === 'class' && /dev|local|debug/i.test(entry.provenance.name));
  return {
    range: valueRange(context, entry),
    message: `\`${entry.key}\` is written in the code, so everybody who can read the code can forge what it signs.`,
    ...(isForDevelopment ? { severity: 'information' as const } : {}),
    confidence: 'high',
    path: secretPath(context, { entry, origin }, origin.node),
  };
}

/** A class of constants such as `SECRET_KEY = "aws_secret_key"`, `TOKEN = "aws_token"`: names of settings, not values. */
function isListOfNames(owner: Owners[number] | undefined): boolean {
  if (owner?.kind !== 'ClassDef') return false;
  const texts = owner.body.flatMap((node) => {
    const text = node.kind === 'Assign' ? literalText(node.value) : undefined;
    const [target] = node.kind === 'Assign' ? node.targets : [];
    return text === undefined || target?.kind !== 'Name' ? [] : [{ name: target.id, text }];
  });
  return texts.length > 1 && texts.every(({ name, text }) => isNameOf(text, name));
}

/** Every word of the constant is one of its text: `aws_secret_key` for `SECRET_KEY`. */
function isNameOf(text: string, name: string): boolean {
  const words = text.toLowerCase().split('_');
  return (
    /^[a-z]\w*$/i.test(text) &&
    name
      .toLowerCase()
      .split('_')
      .every((word) => words.includes(word))
  );
}

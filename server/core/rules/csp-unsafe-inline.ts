/** A Content-Security-Policy that lets scripts from anywhere run. */
import { HOLE_MARK, type Policy, type PolicyFault, policyRule } from './contentPolicy';

export const rule = policyRule({
  id: 'csp-unsafe-inline',
  title: 'Content-Security-Policy that protects little',
  kind: 'policy',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A policy is a second wall: when somebody gets a script onto a page, the browser still refuses to run it. `unsafe-inline`, ' +
      '`*` and `data:` tell it to run any script after all.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_talisman import Talisman

app = Flask(__name__)
Talisman(app, content_security_policy={"default-src": "'self'", "script-src": ["'self'", "'unsafe-inline'"]})
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_talisman import Talisman

app = Flask(__name__)
Talisman(
    app,
    content_security_policy={"default-src": "'self'", "script-src": ["'self'"]},
    content_security_policy_nonce_in=["script-src"],
)
`,
      'templates/index.html': `
<script nonce="{{ csp_nonce() }}">start()</script>
`,
    },
    why:
      'Scripts come from your own files only. Move inline scripts and event handlers into files, or give each a nonce: a ' +
      'random word that is in the policy and in `<script nonce=…>`.',
    limits:
      'Where a nonce or hash is in the policy, browsers ignore `unsafe-inline`, and so does Moat. Styles are not looked at. ' +
      'Without the source, pages with inline scripts stop working until those have moved: try it first with ' +
      '`Content-Security-Policy-Report-Only`.',
    references: [
      {
        title: 'CWE-693: Protection Mechanism Failure',
        url: 'https://cwe.mitre.org/data/definitions/693.html',
      },
      {
        title: 'MDN: Content Security Policy',
        url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP',
      },
    ],
  },
  faultsOf,
});

const EFFECTS: Readonly<Record<string, string>> = {
  "'unsafe-inline'": 'lets every script run that stands in a page, also one that somebody smuggled in',
  "'unsafe-eval'": 'lets pages run text as code',
  '*': 'lets pages load scripts from everywhere',
  'http:': 'lets pages load scripts from everywhere',
  'https:': 'lets pages load scripts from every server',
  'data:': 'lets an address that holds its own script run it',
};

function faultsOf(policy: Policy): readonly PolicyFault[] {
  const scripts = policy.filter(({ name }) => /^script-src(?:-elem|-attr)?$/.test(name));
  const counted = scripts.some(({ name }) => name === 'script-src')
    ? scripts
    : [...scripts, ...policy.filter(({ name }) => name === 'default-src')];
  return counted.flatMap(({ sources }) => {
    const texts = sources.map(({ text }) => text.toLowerCase());
    const isStrict = texts.includes("'strict-dynamic'");
    const hasNonce =
      isStrict || texts.some((text) => /^'(?:nonce|sha\d+)-/.test(text) || text.includes(HOLE_MARK));
    return sources.flatMap((source, index): PolicyFault[] => {
      const text = texts[index] ?? '';
      const effect = EFFECTS[text];
      if (effect === undefined || (text === "'unsafe-inline'" && hasNonce)) return [];
      if (isStrict && !text.startsWith("'")) return [];
      return [
        {
          source,
          message: `\`${source.text}\` in this policy ${effect}.`,
          ...(text === "'unsafe-eval'" ? { severity: 'information' } : {}),
          // A directive without a source would allow nothing at all.
          replacement: sources.length === 1 ? "'self'" : '',
        },
      ];
    });
  });
}

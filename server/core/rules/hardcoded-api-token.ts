/** A token or key for a service is written in the code. */
import { writtenSecretRule } from './writtenSecretRule';

export const rule = writtenSecretRule({
  id: 'hardcoded-api-token',
  title: 'Token of a service in the code',
  kind: 'secret',
  severity: 'error',
  fixSafety: 'review',
  secretKind: 'token',
  doc: {
    happens:
      'Whoever reads the code can use the service in your name: read your data, send mail, spend your money. Robots look ' +
      'for such tokens in public repositories and use them within minutes.',
    vulnerable: {
      'maps.py': `
import requests

WEATHER_API_KEY = "b7d41c09e2f84a6f9d35"


def forecast(city):
    return requests.get("https://weather.example/v1", params={"q": city, "key": WEATHER_API_KEY}, timeout=5)
`,
    },
    safe: {
      'maps.py': `
import os

import requests

WEATHER_API_KEY = os.environ["WEATHER_API_KEY"]


def forecast(city):
    return requests.get("https://weather.example/v1", params={"q": city, "key": WEATHER_API_KEY}, timeout=5)
`,
    },
    why:
      'The token is handed to the app by its environment, so the code can be shared without it. Revoke a token that was ' +
      'ever committed and have a new one made: taking it out of the code does not take it out of the history.',
    limits:
      'Tokens of about forty services are known by their form. Others are known by their name and by looking random. ' +
      'Tests, placeholders and keys that are meant to be public, such as `pk_…`, are left alone.',
    references: [
      { title: 'CWE-798: Hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      {
        title: 'OWASP: Secrets Management Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
      },
    ],
  },
  message: ({ label }) =>
    /^an? /.test(label)
      ? `This is ${label}, which everybody who can read the code can use.`
      : `A token (\`${label}\`) is written in the code, so everybody who can read the code can use it.`,
});

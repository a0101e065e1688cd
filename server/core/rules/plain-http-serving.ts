/** The app is served, or writes its own address, without encryption. */
import { givenArgument } from '../edits/callArguments';
import { preferredQuote } from '../edits/pythonText';
import { plainValue } from '../model/appUnit';
import type { Stage } from '../model/configStage';
import { stageOf } from '../model/configStage';
import { isBehindDevelopmentSwitch, isDevelopmentFile } from '../model/developmentCode';
import { entryAt } from './configRule';
import { refused } from './refused';
import type { Rule } from './rule';

export const rule = {
  id: 'plain-http-serving',
  title: 'App served without encryption',
  kind: 'cleartext',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Port 80 speaks plain HTTP: everybody on the way, from the café’s Wi-Fi to the provider, reads passwords and cookies, and ' +
      'can change the pages. With `PREFERRED_URL_SCHEME = "http"` the links in your mails lead there, too.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(port=80)
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(port=443, ssl_context=("cert.pem", "key.pem"))
`,
    },
    why:
      'Best let a proxy such as nginx or Caddy speak HTTPS for you, run the app with gunicorn or waitress behind it, and wrap it ' +
      'in `ProxyFix` so that it believes what the proxy says of scheme and address. HTTPS keeps others from reading along; it ' +
      'stops neither injection nor CSRF.',
    limits: 'Ports that come from elsewhere and servers other than Flask’s own are not looked at.',
    references: [
      {
        title: 'CWE-319: Cleartext Transmission of Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/319.html',
      },
      {
        title: 'Flask: tell Flask it is behind a proxy',
        url: 'https://flask.palletsprojects.com/en/stable/deploying/proxy_fix/',
      },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest || isDevelopmentFile(unit.file)) return;
    for (const { name, call, site } of unit.libraryCalls()) {
      if (!/^flask\.Flask\.run$|^flask_socketio\.SocketIO\.run$/.test(name)) continue;
      const port = givenArgument(call, 'port', name.startsWith('flask.') ? 1 : 2)?.value;
      const isEncrypted = call.args.some(
        ({ name: key, star }) => star !== '' || /^(?:ssl_|cert|key)/.test(key?.id ?? ''),
      );
      if (port?.kind !== 'Number' || Number(port.value) !== 80 || isEncrypted) continue;
      if (!isBehindDevelopmentSwitch(site, port))
        yield {
          range: port,
          message: 'Port 80 is plain HTTP: everybody on the way can read and change what is sent.',
          confidence: 'high',
        };
    }
    for (const entry of unit.configEntries())
      if (entry.key === 'PREFERRED_URL_SCHEME' && plainValue(entry.value) === "'http'")
        if (!IGNORED.has(stageOf(unit.project, entry)))
          yield {
            range: entry.value,
            message: 'Links to this app lead to plain HTTP.',
            severity: 'information',
            confidence: 'medium',
          };
  },
  fix(context, finding) {
    const entry = entryAt(context, finding);
    if (entry?.key !== 'PREFERRED_URL_SCHEME')
      return [refused('a certificate is needed: pass `ssl_context`, or put a proxy with HTTPS in front')];
    const quote = preferredQuote(context.text);
    const edit = { range: finding.range, newText: `${quote}https${quote}` };
    const edits = [{ file: context.file, isNew: false, edits: [edit] }];
    return [{ kind: 'fix', fix: { title: 'Use `https`', safety: 'review', edits } }];
  },
} satisfies Rule;

const IGNORED: ReadonlySet<Stage> = new Set(['test', 'development']);

/** A Content-Security-Policy of which the browser ignores a part. */
import { type Policy, type PolicyFault, policyRule } from './contentPolicy';

export const rule = policyRule({
  id: 'csp-source-ignored',
  title: 'Content-Security-Policy that is misread',
  kind: 'policy',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'A browser skips what it does not understand in a policy, and says so only in its console. Without quotes, `self` is the ' +
      'name of a server, so your own scripts do not load; without a semicolon, a directive becomes a source of the one before.',
    vulnerable: {
      'templates/base.html': `
<meta http-equiv="Content-Security-Policy" content="default-src self; img-src 'self' https: script-src 'self'">
`,
    },
    safe: {
      'templates/base.html': `
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' https:; script-src 'self'">
`,
    },
    why:
      'Words with a meaning of their own stand in single quotes, and a semicolon ends each directive. Open a page with the ' +
      'console of the browser: it names every source that it did not understand, and everything that the policy stopped.',
    limits: 'Names of directives and addresses are not checked.',
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

const KEYWORD =
  /^(?:self|none|unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|(?:nonce|sha(?:256|384|512))-\S+)$/i;
const DIRECTIVE =
  /^(?:[a-z]+-src(?:-elem|-attr)?|base-uri|form-action|frame-ancestors|report-uri|report-to)$/;

function faultsOf(policy: Policy): readonly PolicyFault[] {
  return policy.flatMap(({ sources }) =>
    sources.flatMap((source): PolicyFault[] => {
      const { text } = source;
      if (KEYWORD.test(text))
        return [
          {
            source,
            message: `Without quotes, \`${text}\` is the name of a server.`,
            replacement: `'${text}'`,
          },
        ];
      if (DIRECTIVE.test(text))
        return [
          {
            source,
            message: `Without a semicolon before it, \`${text}\` is a source, not a directive.`,
            replacement: `; ${text}`,
          },
        ];
      return [];
    }),
  );
}

/** A token is read without a look at its signature. */
import { givenArgument } from '../edits/callArguments';
import type { EditList } from '../edits/editList';
import { refuse } from '../edits/outcome';
import type { MisuseHit } from '../flow/machine';
import { unitFacts } from '../model/unitFacts';
import type { Call } from '../syntax/python/ast';
import { dropArgument, fixOf, setArgument } from './argumentFix';
import type { FileContext } from './context';
import { signingCall } from './jwtCalls';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'jwt-unverified',
  title: 'JWT read without checking its signature',
  kind: 'unverifiedToken',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A JSON web token is plain text with a signature behind it. Without a look at the signature anybody can write ' +
      'one by hand, say `{"user": "admin"}` in it, and is believed.',
    vulnerable: {
      'app.py': `
import jwt
from flask import Flask, request

app = Flask(__name__)


@app.get("/me")
def me():
    claims = jwt.decode(request.headers["Authorization"], options={"verify_signature": False})
    return {"user": claims["sub"]}
`,
    },
    safe: {
      'app.py': `
import os

import jwt
from flask import Flask, request

app = Flask(__name__)


@app.get("/me")
def me():
    claims = jwt.decode(request.headers["Authorization"], os.environ["JWT_KEY"], algorithms=["HS256"])
    return {"user": claims["sub"]}
`,
    },
    why:
      'With the key and the algorithm named, the library refuses every token that was not signed with that key, and ' +
      'those that have expired.',
    limits:
      'A function that looks into a token first, to choose the key, and then checks it is only pointed out (information).',
    references: [
      {
        title: 'CWE-347: Improper Verification of Cryptographic Signature',
        url: 'https://cwe.mitre.org/data/definitions/347.html',
      },
      { title: 'PyJWT: usage', url: 'https://pyjwt.readthedocs.io/en/stable/usage.html' },
    ],
  },
  message: () => 'This token is read without checking its signature, so anybody can write one.',
  severityOf: (hit, context) => (isCheckedNearby(hit, context) ? 'information' : 'error'),
  fix: (context, hit) =>
    fixOf(context, { title: 'Check the signature', safety: 'review' }, (edits) =>
      verify(context, hit, edits),
    ),
});

/** The same function reads a token again, and checks it. */
function isCheckedNearby({ call, site }: MisuseHit, context: FileContext): boolean {
  const around = site.owners.at(-1);
  const unchecked = context.misuses('unverifiedToken').map((hit) => hit.call);
  return unitFacts(site.tree).calls.some(
    ({ node, owners }) =>
      node !== call &&
      owners.at(-1) === around &&
      around !== undefined &&
      !unchecked.includes(node) &&
      context.project.resolver
        .resolve(node.func, { ...site, owners })
        .some((ref) => ref.kind === 'external' && /^(?:jwt|jose\.jwt)\.(?:PyJWT\.)?decode/.test(ref.name)),
  );
}

function verify(context: FileContext, hit: MisuseHit, edits: EditList): void {
  const { call, site } = hit;
  if (call === undefined || hit.callee.endsWith('get_unverified_claims'))
    return refuse('the key is not known here');
  switchOn(context, hit, call, edits);
  completeKey(context, hit, call, edits);
  if (givenArgument(call, 'algorithms', isFlag(call) ? undefined : 2) === undefined) {
    const algorithm = signingCall(context, site)?.algorithm ?? '"HS256"';
    const argument = isFlag(call) ? { name: 'algorithms', position: 2 } : { name: 'algorithms' };
    setArgument(context, hit, argument, `[${algorithm}]`, edits);
  }
}

/** `decode(token, key, False)`: the flag of old versions stands where the algorithms stand now. */
function isFlag(call: Call): boolean {
  const third = givenArgument(call, 'verify', 2);
  return third !== undefined && third.name === undefined && third.value.kind === 'Constant';
}

function switchOn(context: FileContext, hit: MisuseHit, call: Call, edits: EditList): void {
  const base = context.baseOf(hit.site.tree);
  if (isFlag(call)) return;
  if (givenArgument(call, 'verify') !== undefined)
    return dropArgument(context, hit, { name: 'verify' }, edits);
  const options = givenArgument(call, 'options', 3)?.value;
  if (options?.kind !== 'Dict') return refuse('the options are put together elsewhere');
  const entry = options.entries.find(
    ({ key }) => key?.kind === 'String' && /verify_signature/.test(textAt(context, base, key)),
  );
  if (entry === undefined) return refuse('the options are put together elsewhere');
  edits.replace(base + entry.value.start, base + entry.value.end, 'True');
}

function textAt(context: FileContext, base: number, node: { readonly start: number; readonly end: number }) {
  return context.text.slice(base + node.start, base + node.end);
}

/** Without a key there is nothing to check with: the one that signs in this file is it. */
function completeKey(context: FileContext, hit: MisuseHit, call: Call, edits: EditList): void {
  const given = givenArgument(call, 'key', 1);
  const base = context.baseOf(hit.site.tree);
  const isEmpty = given !== undefined && /^(?:""|''|None)$/.test(textAt(context, base, given.value));
  if (given !== undefined && !isEmpty) return;
  const key = signingCall(context, hit.site)?.key ?? refuse('the key is not known here');
  setArgument(context, hit, { name: 'key', position: 1 }, key, edits);
}

/** A check of an address that other addresses pass, too. */
import { contains } from '../base/range';
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { sourceFor } from '../edits/pythonText';
import { isExpression, walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, Rule, UnitFinding } from './rule';
import type { UnitContext } from './unitContext';
import { type UrlCheck, urlCheckOf } from './urlChecks';

export const rule = {
  id: 'incomplete-url-check',
  title: 'Check of an address that lets others through',
  kind: 'urlCheck',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A check like `"example.com" in url` means to let only your own site through. `https://example.com.evil.org`, ' +
      '`https://evil.org/?example.com` and `https://example.com@evil.org` pass it as well, and whatever the check ' +
      'protects is open: a redirect, a download, a callback.',
    vulnerable: {
      'links.py': `
def is_allowed(url):
    return "example.com" in url
`,
    },
    safe: {
      'links.py': `
from urllib.parse import urlsplit


def is_allowed(url):
    return urlsplit(url).hostname == "example.com"
`,
    },
    why: '`urlsplit` takes the address apart as a browser does, so the host is compared as a whole and with nothing else.',
    limits:
      'A warning where the result decides something: it is returned, or the function redirects or asks another server. ' +
      'A hint elsewhere, because an address may be looked at for other reasons.',
    references: [
      { title: 'CWE-20: Improper Input Validation', url: 'https://cwe.mitre.org/data/definitions/20.html' },
      {
        title: 'Python: urlsplit',
        url: 'https://docs.python.org/3/library/urllib.parse.html#urllib.parse.urlsplit',
      },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    for (const statement of unit.tree.body)
      for (const node of walk(statement)) {
        const check = isExpression(node) ? urlCheckOf(node) : undefined;
        if (check !== undefined) yield finding(unit, check);
      }
  },
  fix(context, found) {
    for (const { base, tree } of context.module?.units ?? []) {
      if (found.range.start < base || found.range.end > base + tree.length) continue;
      for (const statement of tree.body)
        for (const node of walk(statement)) {
          const isHere = node.start + base === found.range.start && node.end + base === found.range.end;
          const check = isHere && isExpression(node) ? urlCheckOf(node) : undefined;
          if (check !== undefined) return fixCheck(context, check, base);
        }
    }
    return [];
  },
} satisfies Rule;

function finding(unit: UnitContext, check: UrlCheck): UnitFinding {
  return {
    range: check.node,
    message: `Other addresses than those of \`${check.host}\` pass this check.`,
    ...(decides(unit, check) ? {} : { severity: 'hint' as const }),
    confidence: 'medium',
  };
}

/** Calls for which the host matters. */
const USES = /^(flask|werkzeug\.utils)\.redirect$|^(requests|httpx|urllib|aiohttp)\b/;

/** The function gives the answer back, or goes where the address leads. */
function decides(unit: UnitContext, { node }: UrlCheck): boolean {
  const owner = unit.facts.functions
    .filter((one) => contains(one.node, node))
    .sort((a, b) => a.node.end - a.node.start - (b.node.end - b.node.start))[0];
  if (owner === undefined) return false;
  const isReturned = walk(owner.node).some(
    (one) => one.kind === 'Return' && one.value !== undefined && contains(one.value, node),
  );
  if (isReturned) return true;
  const isAnswer = walk(owner.node).some(
    (one) =>
      one.kind === 'Return' && one.value?.kind === 'Constant' && /^(True|False)$/.test(one.value.value),
  );
  const isUsed = unit.libraryCalls().some(({ name, call }) => USES.test(name) && contains(owner.node, call));
  return isAnswer || isUsed;
}

function fixCheck(context: FileContext, check: UrlCheck, base: number): readonly FixOutcome[] {
  const edits = new EditList();
  const { node, url, literal, form, host } = check;
  const quoted = (text: string) => {
    const source = context.text.slice(base + literal.start, base + literal.end);
    const quote = source.at(-1) ?? '"';
    return `${quote}${text}${quote}`;
  };
  if (form === 'starts') {
    edits.insert(base + literal.end - 1, '/');
    return [fixed(context, 'End the host with a slash', edits)];
  }
  if (context.module === undefined) return [];
  const isHost = url.kind === 'Attribute' && /^(netloc|hostname|host)$/.test(url.attr.id);
  const imported = isHost
    ? undefined
    : ensureImport(context.module, { from: 'urllib.parse', name: 'urlsplit' }, { usedAt: base + node.start });
  if (imported?.kind === 'refused') return [refused(imported.reason)];
  for (const { range, newText } of imported?.edits ?? []) edits.replace(range.start, range.end, newText);
  const source = sourceFor(context.text, url, base, 'primary');
  const value = isHost ? source : `${imported?.localName}(${source}).hostname`;
  const newText =
    form === 'ends'
      ? `(${value} or ${quoted('')}).endswith(${quoted(`.${host}`)})`
      : `${value} ${form === 'contains' ? '==' : '!='} ${quoted(host)}`;
  edits.replace(base + node.start, base + node.end, newText);
  return [fixed(context, 'Compare the host', edits)];
}

function fixed(context: FileContext, title: string, list: EditList): FixOutcome {
  const edits = [{ file: context.file, isNew: false, edits: list.finish(context.text) }];
  return { kind: 'fix', fix: { title, safety: 'review', edits } };
}

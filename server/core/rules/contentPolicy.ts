/** Reads Content-Security-Policies where they are written: as the value of a header, as an option of Flask-Talisman, in
 *  a `<meta>` element. A policy keeps for every character the place in the file that it comes from. */
import type { Range } from '../base/range';
import type { Dict, Expression, Node, StringExpression, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { attributeOf, attributeText, openTags } from './htmlTags';
import type { FixOutcome, Rule, Severity } from './rule';

export interface PolicySource extends Range {
  readonly text: string;
  /** How a single quote is written there. */
  readonly quote: string;
}

export interface Directive {
  readonly name: string;
  readonly sources: readonly PolicySource[];
}

export type Policy = readonly Directive[];

/** What is wrong with a source, and what takes its place; nothing when it goes. */
export interface PolicyFault {
  readonly source: PolicySource;
  readonly message: string;
  readonly severity?: Severity;
  readonly replacement: string;
}

/** Makes a rule about sources of policies. */
export function policyRule({
  faultsOf,
  title,
  ...spec
}: Omit<Rule, 'checkUnit' | 'checkTemplate' | 'fix'> & {
  faultsOf(policy: Policy): readonly PolicyFault[];
}): Rule {
  const toFinding = ({ source: { start, end }, message, severity }: PolicyFault) => ({
    range: { start, end },
    message,
    ...(severity === undefined ? {} : { severity }),
    confidence: 'high' as const,
  });
  const faultsOfPage = (context: FileContext) => policiesOfPage(context).flatMap(faultsOf);
  return {
    ...spec,
    title,
    checkUnit: ({ isTest, tree }) => (isTest ? [] : policiesIn(tree).flatMap(faultsOf).map(toFinding)),
    checkTemplate: (context) => faultsOfPage(context).map((fault) => ({ ...toFinding(fault), path: [] })),
    fix(context, { range }) {
      const faults = [
        ...faultsOfPage(context),
        ...(context.module?.units ?? []).flatMap(({ tree }) =>
          policiesIn(tree)
            .flatMap(faultsOf)
            .map((fault) => ({
              ...fault,
              source: { ...fault.source, ...context.rangeOf(tree, fault.source) },
            })),
        ),
      ];
      const found = faults.find(({ source }) => source.start === range.start && source.end === range.end);
      if (found === undefined) return [];
      return fixSource(context, range, found.replacement.replaceAll("'", found.source.quote));
    },
  };
}

function fixSource({ text, file }: FileContext, range: Range, replacement: string): readonly FixOutcome[] {
  let { start } = range;
  if (/^(?:;|$)/.test(replacement)) while (/[ \t]/.test(text[start - 1] ?? '')) start--;
  const edits = [{ file, isNew: false, edits: [{ range: { start, end: range.end }, newText: replacement }] }];
  const shown = text.slice(range.start, range.end);
  const title = replacement === '' ? `Drop \`${shown}\`` : `Write \`${replacement}\``;
  return [{ kind: 'fix', fix: { title, safety: 'review', edits } }];
}

const HEADER = 'content-security-policy';
/** What a value that is put in at run time counts as. */
export const HOLE_MARK = '\uFFFC';

/** Policies of a unit, told by what they say: as the value of a header, as a constant, as the dict that Flask-Talisman
 *  takes. Ranges are relative to the unit. */
function policiesIn(tree: UnitTree): readonly Policy[] {
  let policies = policiesByTree.get(tree);
  if (policies === undefined) {
    policies = findPolicies(tree);
    policiesByTree.set(tree, policies);
  }
  return policies;
}

/** Several rules ask. */
const policiesByTree = new WeakMap<UnitTree, readonly Policy[]>();

function findPolicies(tree: UnitTree): readonly Policy[] {
  const nodes = walk(tree.body);
  const written = nodes.filter((node) => node.kind === 'Dict' || node.kind === 'String').filter(mayBePolicy);
  if (written.length === 0) return NONE;
  const trials = nodes.flatMap(reportOnly);
  return written.flatMap((node): Policy[] => {
    if (trials.includes(node)) return [];
    if (node.kind === 'String') {
      const policy = parsePolicy(charactersOf(node));
      return isPolicy(policy) ? [policy] : [];
    }
    const policy = node.entries.flatMap(({ key, value }): Directive[] => {
      const name = key && literalText(key);
      if (name === undefined) return [];
      const values = value.kind === 'List' || value.kind === 'Tuple' ? value.elements : [value];
      const texts = values.filter((one) => one.kind === 'String');
      return [{ name: name.toLowerCase(), sources: texts.flatMap((one) => splitSources(charactersOf(one))) }];
    });
    return [policy];
  });
}

const NONE: readonly Policy[] = [];

function isFetching(key: Expression | undefined): boolean {
  return key !== undefined && FETCHING.test((literalText(key) ?? '').toLowerCase());
}

const FETCHING =
  /^(?:default|script|style|img|font|connect|object|frame|media|worker|child)-src(?:-elem|-attr)?$/;

/** A first look, since most strings and dicts are something else. */
function mayBePolicy(node: StringExpression | Dict): boolean {
  if (node.kind === 'Dict') return node.entries.some(({ key }) => isFetching(key));
  const [first] = node.tokens[0]?.pieces ?? [];
  return (
    first?.kind === 'Text' && /^\s*[a-z]+-(?:src|uri|ancestors|action|requests|insecure)/i.test(first.value)
  );
}

function isPolicy(policy: Policy): boolean {
  const isTold = policy.some(({ sources }) =>
    sources.some(({ text }) => /^'|^\*$|[:.]|^(?:self|none)$/.test(text)),
  );
  return isTold && policy.some(({ name }) => FETCHING.test(name));
}

/** What a browser is only asked to report. */
function reportOnly(node: Node): readonly Node[] {
  const isName = (key: Expression | undefined) =>
    key !== undefined && /-report-only$/i.test(literalText(key) ?? '');
  if (node.kind === 'Assign') {
    const isTrial = node.targets.some((target) => target.kind === 'Subscript' && isName(target.index));
    return isTrial ? [node.value] : [];
  }
  if (node.kind === 'Dict') return node.entries.filter(({ key }) => isName(key)).map(({ value }) => value);
  if (node.kind !== 'Call') return [];
  const isTrial = node.args.some(
    ({ name, value }) =>
      isName(value) ||
      (name?.id === 'content_security_policy_report_only' &&
        value.kind === 'Constant' &&
        value.value === 'True'),
  );
  return isTrial ? node.args.map(({ value }) => value) : [];
}

/** Policies of `<meta http-equiv>` in a template. */
function policiesOfPage(context: FileContext): readonly Policy[] {
  return openTags(context).flatMap((tag) => {
    const content = attributeOf(tag, 'content');
    const isPolicy = attributeText(context, attributeOf(tag, 'http-equiv')).toLowerCase() === HEADER;
    if (tag.name !== 'meta' || !isPolicy || content?.valueRange === undefined) return [];
    const { start, end } = content.valueRange;
    const quote = content.quote === "'" ? '&#39;' : "'";
    const characters: Character[] = [];
    for (let at = start; at < end; at++)
      characters.push({ text: context.text[at] as string, start: at, end: at + 1, quote });
    return [parsePolicy(characters)];
  });
}

type Character = PolicySource;

/** One for each character of the text; escapes make a text that cannot be placed, and none is given. */
function charactersOf(node: StringExpression): readonly Character[] {
  return node.tokens.flatMap(({ pieces, quote: around }) => {
    const quote = around === "'" ? "\\'" : "'";
    return pieces.flatMap((piece): Character[] => {
      if (piece.kind === 'Hole') return [{ text: HOLE_MARK, start: piece.start, end: piece.end, quote }];
      const { value, end } = piece;
      // Of escapes only those of the quote around can be placed; others make a text without places.
      const nEscaped = value.split(around).length - 1;
      const isPlaced = end - piece.start === value.length + nEscaped;
      let at = piece.start;
      return Array.from(value, (text) => {
        const start = at;
        if (isPlaced) at += text === around ? 2 : text.length;
        return { text, start, end: at, quote };
      });
    });
  });
}

function parsePolicy(characters: readonly Character[]): Policy {
  const parts: Character[][] = [[]];
  for (const character of characters)
    if (character.text === ';') parts.push([]);
    else parts.at(-1)?.push(character);
  return parts.flatMap((part) => {
    const [name, ...sources] = splitSources(part);
    return name === undefined ? [] : [{ name: name.text.toLowerCase(), sources }];
  });
}

function splitSources(characters: readonly Character[]): readonly PolicySource[] {
  const words: PolicySource[] = [];
  let isOpen = false;
  for (const character of characters) {
    const { text, end } = character;
    const last = words.at(-1);
    if (/\s/.test(text)) isOpen = false;
    else if (isOpen && last !== undefined) words.splice(-1, 1, { ...last, text: last.text + text, end });
    else {
      words.push(character);
      isOpen = true;
    }
  }
  return words;
}

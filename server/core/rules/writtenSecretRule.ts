/** Makes a rule about secrets that are written in the code, other than the app's own keys. */
import type { FileContext } from './context';
import { type SecretKind, type WrittenSecret, writtenSecrets } from './hardcodedSecrets';
import { refused } from './refused';
import type { FixOutcome, RawFinding, Rule, Severity, UnitFinding } from './rule';
import { moveToEnvironment, plainTextOf } from './secretFix';
import type { UnitContext } from './unitContext';

export interface WrittenSecretSpec extends Omit<Rule, 'check' | 'checkUnit' | 'fix'> {
  readonly secretKind: SecretKind;
  /** One sentence, fact first. */
  message(secret: WrittenSecret): string;
  /** By how sure it is that the secret is in use; default: the rule's own, `warning`, `information`. */
  readonly severities?: Readonly<Record<WrittenSecret['certainty'], Severity>>;
  /** The app chooses the key itself, so that a fresh one can take its place. */
  readonly isOwnKey?: boolean;
}

export function writtenSecretRule(spec: WrittenSecretSpec): Rule {
  const { secretKind, message, severities, isOwnKey, ...rule } = spec;
  const ofKind = (unit: UnitContext) => writtenSecrets(unit).filter(({ kind }) => kind === secretKind);
  return {
    ...rule,
    checkUnit: (unit) => ofKind(unit).map((secret) => toFinding(secret, spec, unit)),
    fix(context, finding): readonly FixOutcome[] {
      const secret = secretAt(context, finding, ofKind);
      if (secret === undefined) return [];
      const present = isOwnKey === true ? undefined : plainTextOf(secret.literal);
      if (present === undefined && isOwnKey !== true)
        return [refused('the value is put together from parts')];
      const { site, node, literal, variable } = secret;
      return moveToEnvironment(context, {
        file: site.file,
        tree: site.tree,
        node,
        variable,
        present,
        isBytes: node === literal && literal.isBytes,
        title: `Read \`${variable}\` from the environment`,
        safety: 'review',
      });
    },
  };
}

const MILDER = { high: undefined, medium: 'warning', low: 'information' } as const;

function toFinding(secret: WrittenSecret, spec: WrittenSecretSpec, unit: UnitContext): UnitFinding {
  const { place, node, literal, site, certainty } = secret;
  const severity = spec.severities?.[certainty] ?? MILDER[certainty];
  const isElsewhere = site.tree !== unit.tree || literal.start < place.start || literal.end > place.end;
  const from = { place: { file: site.file, tree: site.tree, range: literal }, message: 'is written here' };
  const to = { place: { file: unit.file, tree: unit.tree, range: place }, message: 'is used here' };
  return {
    range: { start: place.start, end: place.end },
    message: spec.message(secret),
    ...(severity !== undefined && { severity }),
    confidence: certainty,
    path: isElsewhere || node !== place ? [from, to] : [],
  };
}

/** The secret that a finding is about, found again in the present text. */
function secretAt(
  context: FileContext,
  finding: RawFinding,
  ofKind: (unit: UnitContext) => readonly WrittenSecret[],
): WrittenSecret | undefined {
  for (const { base, tree } of context.module?.units ?? []) {
    if (finding.range.start < base || finding.range.end > base + tree.length) continue;
    const found = ofKind(context.unit(tree)).find(
      ({ place }) => place.start + base === finding.range.start && place.end + base === finding.range.end,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Calls that hash something with a fast hash: hashlib, pycryptodome, cryptography. */

import type { FilePath } from '../base/filePath';
import { KNOWLEDGE } from '../knowledge/index';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { assignedOnce } from './textParts';

export interface HashCall {
  readonly call: Call;
  readonly site: Site;
  /** Lower case, without dashes: `md5`, `sha256`, `sha3_256`. */
  readonly algorithm: string;
  /** What is hashed, if the call says so. */
  readonly data: Expression | undefined;
  /** How the algorithm is named: as a function, or as a text. */
  readonly form: 'function' | 'named' | 'update';
}

const NAMES =
  /^(?:md4|md5|sha1|sha|sha224|sha256|sha384|sha512|sha3_\d+|blake2[bs]|new|update|MD4|MD5|SHA1)$/;

export function hashCalls(project: Project, file: FilePath, tree: UnitTree): readonly HashCall[] {
  return unitFacts(tree).calls.flatMap(({ node, owners }): readonly HashCall[] => {
    const { func } = node;
    const last = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
    // A function may be imported under another name; that of a method may not.
    if (func.kind === 'Attribute' && !NAMES.test(last)) return [];
    const site = { file, tree, owners };
    const textOf = (argument: Expression) => {
      const here = assignedOnce(argument, site);
      const [bound, ...others] = here.kind === 'Name' ? project.bindingsOf(file, here.id) : [];
      return bound?.binding.kind === 'value' && others.length === 0
        ? literalText(bound.binding.value)
        : literalText(here);
    };
    const [found] = project.resolver
      .resolve(func, site)
      .flatMap((ref) =>
        ref.kind === 'external' ? [toHash(KNOWLEDGE.canonical(ref.name), node, textOf)] : [],
      );
    return found === undefined ? [] : [{ ...found, call: node, site }];
  });
}

function toHash(
  name: string,
  { args }: Call,
  textOf: (node: Expression) => string | undefined,
): Omit<HashCall, 'call' | 'site'> | undefined {
  const positional = args.filter((argument) => argument.star === '' && argument.name === undefined);
  const named = (wanted: string) => args.find((argument) => argument.name?.id === wanted)?.value;
  const data = positional[0]?.value ?? named('data') ?? named('string');
  const direct = /^hashlib\.(md4|md5|sha1|sha224|sha256|sha384|sha512|sha3_\d+|blake2[bs])$/.exec(name)?.[1];
  if (direct !== undefined) return { algorithm: direct, data, form: 'function' };
  const updated = /^hashlib\.(\w+)\(\)\.update$/.exec(name)?.[1];
  if (updated !== undefined && updated !== 'new') return { algorithm: updated, data, form: 'update' };
  if (name === 'hashlib.new') {
    const algorithm = textOf(positional[0]?.value ?? named('name') ?? NOTHING);
    return algorithm === undefined
      ? undefined
      : { algorithm: normalized(algorithm), data: positional[1]?.value ?? named('data'), form: 'named' };
  }
  const pycrypto = /^Crypt(?:o|odome)\.Hash\.(MD4|MD5|SHA1?|SHA224|SHA256|SHA384|SHA512)\.new$/.exec(
    name,
  )?.[1];
  if (pycrypto !== undefined) return { algorithm: pycryptoName(pycrypto), data, form: 'function' };
  const primitive = /^cryptography\.hazmat\.primitives\.hashes\.(MD5|SHA1)$/.exec(name)?.[1];
  return primitive === undefined
    ? undefined
    : { algorithm: primitive.toLowerCase(), data: undefined, form: 'function' };
}

const NOTHING = { kind: 'Constant', value: 'None', start: 0, end: 0 } as const;

function normalized(name: string): string {
  return name.toLowerCase().replace('-', '');
}

function pycryptoName(name: string): string {
  return name === 'SHA' ? 'sha1' : name.toLowerCase();
}

/** Where a file signs tokens: with which key and algorithm the same file can check them. */
import { givenArgument } from '../edits/callArguments';
import type { Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import { unitFacts } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';

export interface Signing {
  /** Source texts. */
  readonly key: string;
  readonly algorithm: string | undefined;
}

/** The only way in which a file signs tokens, if its key means the same everywhere in the file. */
export function signingCall(context: FileContext, at: Site): Signing | undefined {
  const found = new Map<string, Signing>();
  for (const { base, tree } of context.module?.units ?? [])
    for (const { node, owners } of unitFacts(tree).calls) {
      const refs = context.project.resolver.resolve(node.func, { file: at.file, tree, owners });
      if (!refs.some((ref) => ref.kind === 'external' && /^(?:jwt|jose\.jwt)\.encode$/.test(ref.name)))
        continue;
      const key = givenArgument(node, 'key', 1)?.value;
      const algorithm = givenArgument(node, 'algorithm', 2)?.value;
      if (key === undefined || !isGlobal(key, owners.length > 0 ? namesOf(owners.at(-1)) : new Set()))
        return undefined;
      const textOf = (part: Expression) => context.text.slice(base + part.start, base + part.end);
      const isNone = algorithm !== undefined && /^(?:None|["']none["'])$/i.test(textOf(algorithm));
      const signing = { key: textOf(key), algorithm: algorithm && !isNone ? textOf(algorithm) : undefined };
      found.set(signing.key, signing);
    }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function isGlobal(key: Expression, locals: ReadonlySet<string>): boolean {
  return walkExpressions(key).every(
    (part) => part.kind !== 'Call' && (part.kind !== 'Name' || (part.id !== 'self' && !locals.has(part.id))),
  );
}

function namesOf(owner: Site['owners'][number] | undefined): ReadonlySet<string> {
  return owner === undefined ? new Set() : new Set(scopeOf(owner).bindings.keys());
}

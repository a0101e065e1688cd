/** Writes the calls that hash and check a password, with what the file has for it: Flask-Bcrypt, else Werkzeug. */

import type { EditList } from '../edits/editList';
import { inQuotesOf } from '../edits/pythonText';
import type { Project } from '../model/project';
import { scopeOf } from '../model/scopes';
import { importName } from './argumentFix';
import type { FileContext } from './context';

/** Where the calls are written. */
export type HasherFile = Pick<FileContext, 'project' | 'file' | 'module'>;

export interface PasswordHasher {
  hash(password: string): string;
  check(kept: string, given: string): string;
}

/** Imports what the calls need. `usedAt` is an absolute offset. */
export function passwordHasher(
  context: HasherFile,
  usedAt: number,
  needs: { readonly hash?: boolean; readonly check?: boolean },
  edits: EditList,
): PasswordHasher {
  const bcrypt = bcryptName(context.project, context);
  const utf8 = inQuotesOf(context.module?.text ?? '', '"utf-8"');
  if (bcrypt !== undefined)
    return {
      hash: (password) => `${bcrypt}.generate_password_hash(${password}).decode(${utf8})`,
      check: (kept, given) => `${bcrypt}.check_password_hash(${kept}, ${given})`,
    };
  const name = (wanted: string, isNeeded = false) =>
    isNeeded ? importName(context, 'werkzeug.security', wanted, usedAt, edits) : wanted;
  const hash = name('generate_password_hash', needs.hash);
  const check = name('check_password_hash', needs.check);
  return {
    hash: (password) => `${hash}(${password})`,
    check: (kept, given) => `${check}(${kept}, ${given})`,
  };
}

export function usesBcrypt(context: HasherFile): boolean {
  return bcryptName(context.project, context) !== undefined;
}

/** The name of the file's Flask-Bcrypt object. */
function bcryptName(project: Project, { module, file }: HasherFile): string | undefined {
  for (const { tree } of module?.units ?? [])
    for (const name of scopeOf(tree).bindings.keys()) {
      const isBcrypt =
        /bcrypt/i.test(name) &&
        project.resolver
          .moduleName(file, name)
          .some((ref) => ref.kind === 'instance' && ref.name === 'flask_bcrypt.Bcrypt');
      if (isBcrypt) return name;
    }
  return undefined;
}

/** The file with the secrets is not kept out of the repository. */
import { basename, dirname, type FilePath, joinPath } from '../base/filePath';
import { ensureIgnored, envEntries, isIgnored, isPlaceholder } from '../edits/envFile';
import { wordsOf } from '../knowledge/sensitiveNames';
import { isAppCreation } from '../model/appUnit';
import type { Project } from '../model/project';
import { unitFacts } from '../model/unitFacts';
import type { FileContext } from './context';
import type { Rule } from './rule';

export const rule = {
  id: 'env-file-not-ignored',
  title: 'Secrets that git would take along',
  kind: 'committedFile',
  severity: 'warning',
  fixSafety: 'safe',
  isAboutWhole: true,
  doc: {
    happens:
      'With the next `git add .` the file `.env` goes into the repository, and with it every key and password in it. It stays in ' +
      'the history of every copy, also after you have deleted it.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
`,
      '.env': 'SECRET_KEY=9f2c4e6a1b3d5f7890abcdef12345678\n',
      '.gitignore': '__pycache__/\n',
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
`,
      '.env': 'SECRET_KEY=9f2c4e6a1b3d5f7890abcdef12345678\n',
      '.gitignore': '__pycache__/\n.env\n',
    },
    why: 'Git leaves alone what `.gitignore` names. Commit a `.env.example` with the names and without the values.',
    limits:
      'A file that is in the repository already stays there: `git rm --cached .env` takes it out, and its keys have to be ' +
      'replaced, since they are in the history. Only `.gitignore` files of the opened folder are read.',
    references: [
      {
        title: 'CWE-538: Insertion of Sensitive Information into Externally-Accessible File',
        url: 'https://cwe.mitre.org/data/definitions/538.html',
      },
      { title: 'git: gitignore', url: 'https://git-scm.com/docs/gitignore' },
    ],
  },
  *check(context) {
    const env = openFile(context);
    if (env === undefined) return;
    const range = creationRange(context);
    if (range === undefined) return;
    yield {
      range,
      message: `\`${env.file}\` holds secrets, and no \`.gitignore\` keeps it out of the repository.`,
      // Without any, this may be no repository at all.
      ...(env.hasIgnores ? {} : { severity: 'information' as const }),
      confidence: 'high',
      path: [],
    };
  },
  fix(context) {
    const env = openFile(context);
    if (env === undefined) return [];
    const file = joinPath(dirname(env.file), '.gitignore') as FilePath;
    const { edits, isNew } = ensureIgnored(context.project.textOf(file), '.env');
    const title = 'Keep `.env` out of the repository';
    return [{ kind: 'fix', fix: { title, safety: 'safe', edits: [{ file, isNew, edits }] } }];
  },
} satisfies Rule;

/** The `.env` at or above the file that makes the app, when it has secrets and git would take it. */
function openFile({ project, file, isTest }: FileContext) {
  if (isTest || project.apps.factsOf(file).appFiles[0] !== file) return undefined;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const env = joinPath(folder, '.env') as FilePath;
    const text = project.textOf(env);
    if (text !== undefined) {
      const ignores = ignoresAbove(project, folder);
      const isKept = ignores.some((ignore) => isIgnored(ignore, basename(env)));
      return isKept || !holdsSecret(text) ? undefined : { file: env, hasIgnores: ignores.length > 0 };
    }
    if (folder === '') return undefined;
  }
}

function ignoresAbove(project: Project, from: FilePath): readonly string[] {
  const texts: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    const text = project.textOf(joinPath(folder, '.gitignore') as FilePath);
    if (text !== undefined) texts.push(text);
    if (folder === '') return texts;
  }
}

function holdsSecret(text: string): boolean {
  return envEntries(text).some(
    ({ key, value }) =>
      value.length > 3 &&
      !isPlaceholder(value) &&
      (wordsOf(key).some((word) =>
        /^(?:secret|key|token|password|passwd|pwd|pass|credentials?|dsn)$/.test(word),
      ) ||
        /:\/\/[^/\s:]+:[^/\s@]+@/.test(value)),
  );
}

function creationRange({ project, module, file }: FileContext) {
  for (const { base, tree } of module?.units ?? []) {
    const made = unitFacts(tree).calls.find(({ node, owners }) =>
      isAppCreation(project, node, { file, tree, owners }),
    );
    if (made !== undefined) return { start: base + made.node.func.start, end: base + made.node.func.end };
  }
  return undefined;
}

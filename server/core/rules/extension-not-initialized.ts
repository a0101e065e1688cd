/** An extension that protects the app is made and never bound to it. */
import { EXTENSIONS } from '../knowledge/extensions';
import { isAppCreation } from '../model/appUnit';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call } from '../syntax/python/ast';
import type { FileContext } from './context';
import { fixIdleExtension } from './csrfSetUpFix';
import { refused } from './refused';
import type { Rule } from './rule';
import { callAt } from './unitNodes';

export const rule = {
  id: 'extension-not-initialized',
  title: 'Extension that is never set up',
  kind: 'initialization',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'An extension does its work in hooks of the app, which it adds when it is told about the app. One that is only made protects ' +
      'nothing, and looks in the code as if it did.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_talisman import Talisman

talisman = Talisman()


def create_app():
    app = Flask(__name__)
    return app
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_talisman import Talisman

talisman = Talisman()


def create_app():
    app = Flask(__name__)
    talisman.init_app(app)
    return app
`,
    },
    why: '`init_app` adds the hooks. `Talisman(app)` does both at once where the app exists already.',
    limits:
      'Extensions that protect are looked at: CSRF, headers, log-in, limits, hashing. Nothing is said where something that cannot ' +
      'be seen is set up in the app.',
    references: [
      { title: 'CWE-665: Improper Initialization', url: 'https://cwe.mitre.org/data/definitions/665.html' },
      {
        title: 'Flask: application factories',
        url: 'https://flask.palletsprojects.com/en/stable/patterns/appfactories/#factories-extensions',
      },
    ],
  },
  *checkUnit({ isTest, facts, project, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.calls) {
      const name = idleClass(project, node, site(owners));
      if (name === undefined) continue;
      yield {
        range: node.func,
        message: `\`${name.slice(name.lastIndexOf('.') + 1)}\` is made here and never bound to the app, so it does nothing.`,
        // It hashes as well without an app, only without its settings.
        ...(name === 'flask_bcrypt.Bcrypt' ? { severity: 'information' as const } : {}),
        confidence: 'medium',
      };
    }
  },
  fix(context, { range }) {
    const found = callAt(context, range);
    const name = found && idleClass(context.project, found.node, found.site);
    if (name === undefined) return [];
    const app = appContext(context);
    if (app === undefined) return [refused('the app was not found')];
    return fixIdleExtension(app.context, app.creation, [name]);
  },
} satisfies Rule;

/** The class of an extension that this call makes, if nothing binds it. */
function idleClass(project: Project, node: Call, site: Site): string | undefined {
  const { func } = node;
  if (!/^[A-Z]/.test(func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : ''))
    return undefined;
  const facts = project.apps.factsOf(site.file);
  if (facts.idle.size === 0 || facts.appFiles.length === 0 || facts.traits.has('unknownSetup'))
    return undefined;
  // Reported by `csrf-protection-missing`.
  const isOpen = facts.traits.has('openForm') || facts.traits.has('openChange');
  return project.resolver.resolve(node, site).flatMap((ref) => {
    if (ref.kind !== 'instance' || !facts.idle.has(ref.name)) return [];
    return isOpen && EXTENSIONS.get(ref.name)?.includes('csrf') === true ? [] : [ref.name];
  })[0];
}

/** The file in which the app is made, as a context of its own. */
function appContext(context: FileContext) {
  const { project } = context;
  for (const file of project.apps.factsOf(context.file).appFiles) {
    const module = project.module(file);
    for (const { tree } of module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).calls) {
        const site = { file, tree, owners };
        if (module !== undefined && isAppCreation(project, node, site))
          return { context: { ...context, file, module, text: module.text }, creation: { node, site } };
      }
  }
  return undefined;
}

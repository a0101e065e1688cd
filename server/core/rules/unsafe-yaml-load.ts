/** YAML that is read by a loader which can make any object. No flow is needed: the safe loader costs nothing. */
import type { SinkHit } from '../flow/machine';
import { activeTaints, type Taint } from '../flow/values';
import { unitFacts } from '../model/unitFacts';
import type { Call } from '../syntax/python/ast';
import type { FileContext } from './context';
import type { RawFinding, Rule } from './rule';
import { fixYaml } from './yamlFix';
import { type YamlCall, yamlCall } from './yamlLoaders';

export const rule = {
  id: 'unsafe-yaml-load',
  title: 'YAML read by an unsafe loader',
  kind: 'deserialization',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'YAML can name Python classes and functions, and `yaml.load` calls them while it reads. A file that says ' +
      '`!!python/object/apply:os.system ["…"]` runs that command. Whoever can write the file, or send it, owns the server.',
    vulnerable: {
      'app.py': `
import yaml
from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_settings():
    settings = yaml.load(request.data, Loader=yaml.Loader)
    return {"n": len(settings)}
`,
    },
    safe: {
      'app.py': `
import yaml
from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_settings():
    settings = yaml.safe_load(request.data)
    return {"n": len(settings)}
`,
    },
    why: '`yaml.safe_load` makes texts, numbers, dates, lists and dicts only. That is all a settings file needs.',
    limits:
      'Error when request data is read, warning otherwise: then it depends on who can write the file. `FullLoader` is ' +
      'reported for request data only. Files with `!!python/…` tags of your own need a loader of your own that is made ' +
      'from `yaml.SafeLoader`.',
    references: [
      {
        title: 'CWE-502: Deserialization of Untrusted Data',
        url: 'https://cwe.mitre.org/data/definitions/502.html',
      },
      {
        title: 'PyYAML: loading YAML',
        url: 'https://pyyaml.org/wiki/PyYAMLDocumentation',
      },
    ],
  },
  *check(context) {
    for (const { yaml, hit, taint } of yamlCalls(context)) {
      // Text of the code itself makes what the code says.
      if (hit === undefined || (taint === undefined && yaml.loader === 'full')) continue;
      const found = finding(context, yaml, hit, taint);
      yield context.isTest ? { ...found, severity: 'hint' } : found;
    }
  },
  fix(context, found) {
    const match = yamlCalls(context).find(({ yaml: { call, site } }) => {
      const range = context.rangeOf(site.tree, call.func);
      return range.start === found.range.start && range.end === found.range.end;
    });
    return match === undefined ? [] : fixYaml(context, match.yaml);
  },
} satisfies Rule;

interface Found {
  readonly yaml: YamlCall;
  readonly hit: SinkHit | undefined;
  readonly taint: Taint | undefined;
}

function yamlCalls(context: FileContext): readonly Found[] {
  if (!context.text.includes('yaml')) return [];
  const hits = new Map<Call, SinkHit>(
    context.sinkHits('deserialization').map((hit): [Call, SinkHit] => [hit.call, hit]),
  );
  return (context.module?.units ?? []).flatMap(({ tree }) =>
    unitFacts(tree).calls.flatMap(({ node, owners }) => {
      const yaml = yamlCall(context, node, { file: context.file, tree, owners });
      if (yaml === undefined || yaml.loader === 'safe') return [];
      const hit = hits.get(node);
      return [{ yaml, hit, taint: hit && activeTaints(hit.value, 'deserialization')[0] }];
    }),
  );
}

function finding(
  context: FileContext,
  { call, site }: YamlCall,
  hit: SinkHit | undefined,
  taint: Taint | undefined,
): RawFinding {
  const range = context.rangeOf(site.tree, call.func);
  if (taint === undefined || hit === undefined)
    return {
      range,
      message: 'This YAML is read by a loader that can make any object.',
      severity: 'warning',
      confidence: 'high',
      path: [],
    };
  const place = { file: context.file, tree: site.tree, range: hit.argument };
  return {
    range,
    message: `This YAML depends on \`${taint.label}\`, which a visitor controls, and its loader can make any object.`,
    confidence: 'high',
    path: context.flow(taint, place, 'is turned into objects, which may run code'),
  };
}

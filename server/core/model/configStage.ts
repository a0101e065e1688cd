/** Where a setting is meant to hold: in tests, on the developer's machine, in production, or anywhere. */
import { basename } from '../base/filePath';
import { wordsOf } from '../knowledge/sensitiveNames';
import type { ConfigEntry } from './appConfig';
import { isBehindDevelopmentSwitch } from './developmentCode';
import type { Project } from './project';
import { isTestPath } from './testPath';

export type Stage = 'test' | 'development' | 'production' | 'any';

const STAGES: readonly (readonly [Stage, ReadonlySet<string>])[] = [
  ['test', new Set(['test', 'tests', 'testing', 'tester', 'pytest', 'unittest', 'ci'])],
  ['development', new Set(['dev', 'devel', 'develop', 'development', 'debug', 'local', 'docs', 'demo'])],
  [
    'production',
    new Set(['prod', 'production', 'live', 'staging', 'stage', 'deploy', 'deployment', 'heroku']),
  ],
];

export function stageOf(project: Project, { site, value, provenance }: ConfigEntry): Stage {
  if (isTestPath(site.file)) return 'test';
  if (provenance.kind === 'class' && provenance.isForTests) return 'test';
  const names = [
    ...site.owners.map((owner) => owner.name.id),
    ...(provenance.kind === 'class' ? basesOf(project, site.owners.at(-1), site) : []),
    ...(provenance.kind === 'module' || provenance.kind === 'class'
      ? [basename(site.file).replace(/\.py$/, '')]
      : []),
  ];
  const named = names.map(stageOfName).find((stage) => stage !== 'any');
  if (named !== undefined) return named;
  return isBehindDevelopmentSwitch(site, value) ? 'development' : 'any';
}

function stageOfName(name: string): Stage {
  const words = wordsOf(name);
  return STAGES.find(([, known]) => words.some((word) => known.has(word)))?.[0] ?? 'any';
}

/** What a class is made from: `class CiConfig(TestingConfig)`. */
function basesOf(
  project: Project,
  owner: ConfigEntry['site']['owners'][number] | undefined,
  site: ConfigEntry['site'],
): readonly string[] {
  if (owner?.kind !== 'ClassDef') return [];
  const ref = { kind: 'class', file: site.file, tree: site.tree, node: owner } as const;
  const { own } = project.resolver.bases({ ...ref, owners: site.owners.slice(0, -1) });
  return own.slice(1).map(({ node }) => node.name.id);
}

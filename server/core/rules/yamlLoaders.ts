/** Calls of PyYAML's loading functions, and what their loaders can make. */
import type { Ref } from '../model/refs';
import type { Site } from '../model/scope';
import type { Argument, Call } from '../syntax/python/ast';
import type { FileContext } from './context';

/** `full` makes fewer objects than `any` and has no known way to run code. */
export type LoaderKind = 'safe' | 'full' | 'any';

export interface YamlCall {
  readonly call: Call;
  readonly site: Site;
  /** `yaml.load`, `yaml.load_all`, … */
  readonly name: string;
  readonly loader: LoaderKind;
  readonly loaderArgument: Argument | undefined;
}

const FUNCTIONS: ReadonlyMap<string, LoaderKind> = new Map([
  ['yaml.load', 'any'],
  ['yaml.load_all', 'any'],
  ['yaml.unsafe_load', 'any'],
  ['yaml.unsafe_load_all', 'any'],
  ['yaml.full_load', 'full'],
  ['yaml.full_load_all', 'full'],
]);
const LOADERS: ReadonlyMap<string, LoaderKind> = new Map([
  ['yaml.SafeLoader', 'safe'],
  ['yaml.CSafeLoader', 'safe'],
  ['yaml.BaseLoader', 'safe'],
  ['yaml.CBaseLoader', 'safe'],
  ['yaml.FullLoader', 'full'],
  ['yaml.CFullLoader', 'full'],
]);

export function yamlCall(context: FileContext, call: Call, site: Site): YamlCall | undefined {
  const { resolver } = context.project;
  const names = resolver
    .resolve(call.func, site)
    .flatMap((ref) => (ref.kind === 'external' ? [ref.name] : []));
  const name = names.find((candidate) => FUNCTIONS.has(candidate));
  if (name === undefined || call.args.some(({ star }) => star !== '')) return undefined;
  const takesLoader = name === 'yaml.load' || name === 'yaml.load_all';
  const loaderArgument = takesLoader
    ? (call.args.find((argument) => argument.name?.id === 'Loader') ?? positional(call, 1))
    : undefined;
  const fixed = FUNCTIONS.get(name) ?? 'any';
  const loader =
    loaderArgument === undefined
      ? fixed
      : worst(resolver.resolve(loaderArgument.value, site).map((ref) => kindOf(context, ref)));
  return { call, site, name, loader, loaderArgument };
}

function positional(call: Call, index: number): Argument | undefined {
  const argument = call.args[index];
  return argument?.name === undefined ? argument : undefined;
}

/** A loader of the project is as good as what it is made from. */
function kindOf(context: FileContext, ref: Ref): LoaderKind {
  if (ref.kind === 'external') return LOADERS.get(ref.name) ?? 'any';
  if (ref.kind !== 'class') return 'any';
  const { library } = context.project.resolver.bases(ref);
  return worst(library.map((name) => LOADERS.get(name) ?? 'any'));
}

function worst(kinds: readonly LoaderKind[]): LoaderKind {
  if (kinds.length === 0 || kinds.includes('any')) return 'any';
  return kinds.includes('full') ? 'full' : 'safe';
}

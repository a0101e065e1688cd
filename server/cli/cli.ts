/** The command `moat`: picks the subcommand and hands it its arguments. */

import { closest } from './closest';
import { baseline } from './commands/baseline';
import { check } from './commands/check';
import { checkConfig } from './commands/checkConfig';
import { checklist } from './commands/checklist';
import type { Command } from './commands/command';
import { createCompletion } from './commands/completion';
import { explain } from './commands/explain';
import { fix } from './commands/fix';
import { lsp } from './commands/lsp';
import { merge } from './commands/merge';
import { routes } from './commands/routes';
import { rules } from './commands/rules';
import { suppressions } from './commands/suppressions';
import { type Engine, EXIT_CLEAN, EXIT_FAILURE, type Io } from './io';
import { reasonOf } from './notes';
import { createStyle, type Style, wantsColor } from './style';
import { choice, parseArguments } from './usage';
import { VERSION } from './version';

const OTHERS: readonly Command[] = [
  check,
  fix,
  checklist,
  routes,
  explain,
  rules,
  suppressions,
  checkConfig,
  baseline,
  merge,
  lsp,
];
const COMMANDS = [...OTHERS, createCompletion(OTHERS)];

/** Runs one command and answers its exit code. Never throws. */
export function runCli(argv: readonly string[], io: Io, engine: Engine): number {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.stderr.write(`${overview(createStyle(wantsColor(io, io.stderr)))}\n`);
    return EXIT_FAILURE;
  }
  if (name === '--version' || name === '-V') return print(io, VERSION);
  const isHelp = name === '--help' || name === '-h' || name === 'help';
  if (isHelp && rest.length === 0) return print(io, overview(createStyle(wantsColor(io, io.stdout))));
  const wanted = isHelp ? rest[0] : name;
  const command = COMMANDS.find((each) => each.name === wanted);
  if (command === undefined) {
    const guess = closest(
      wanted ?? '',
      COMMANDS.map((each) => each.name),
    );
    const hint = guess === undefined ? 'See "moat --help".' : `Did you mean "moat ${guess}"?`;
    io.stderr.write(`moat: There is no command "${wanted}". ${hint}\n`);
    return EXIT_FAILURE;
  }
  return isHelp ? print(io, command.help) : runCommand(command, rest, io, engine);
}

function runCommand(command: Command, argv: readonly string[], io: Io, engine: Engine): number {
  const options = {
    ...command.options,
    help: { type: 'boolean', short: 'h' },
    color: { type: 'string' },
  } as const;
  const parsed = parseArguments(argv, options);
  if (parsed.kind === 'mistake') return complain(io, command, parsed.message);
  if (parsed.value.flag('help')) return print(io, command.help);
  const color = choice('color', parsed.value.text('color'), COLOR_CHOICES, 'auto');
  if (color.kind === 'mistake') return complain(io, command, color.message);
  try {
    const outcome = command.run(parsed.value, withColor(io, color.value), engine);
    return outcome.kind === 'value' ? outcome.value : complain(io, command, outcome.message);
  } catch (error) {
    io.stderr.write(
      `moat ${command.name}: A fault in Moat stopped it: ${reasonOf(error)}. Please report it.\n`,
    );
    return EXIT_FAILURE;
  }
}

/** Says on stderr what is wrong with the call. */
function complain(io: Io, { name }: Command, message: string): number {
  io.stderr.write(`moat ${name}: ${message}\nSee "moat ${name} --help".\n`);
  return EXIT_FAILURE;
}

const COLOR_CHOICES = ['auto', 'always', 'never'] as const;

/** What somebody says in the call counts more than what the environment says. */
function withColor(io: Io, wish: (typeof COLOR_CHOICES)[number]): Io {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = io.env;
  switch (wish) {
    case 'auto':
      return io;
    case 'always':
      return { ...io, env: { ...env, FORCE_COLOR: '1' } };
    case 'never':
      return { ...io, env: { ...env, NO_COLOR: '1' } };
  }
}

function print(io: Io, text: string): number {
  io.stdout.write(`${text}\n`);
  return EXIT_CLEAN;
}

function overview(style: Style): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map(
    (command) => `  ${style.bold(`moat ${command.name.padEnd(width)}`)}  ${command.summary}`,
  );
  return [
    `Moat ${VERSION} keeps Flask apps safe while they are written.`,
    '',
    ...lines,
    '',
    'Options: --help and --color auto|always|never for any command, --version',
  ].join('\n');
}

/** `moat completion`: what a shell needs to complete the command's words. Made from the commands themselves. */
import { SEVERITIES } from '../../core/index';
import { EXIT_CLEAN } from '../io';
import { FORMATS } from '../reporters/reporter';
import { FAIL_ON } from '../reportOptions';
import { mistake, type OptionSpecs, value } from '../usage';
import type { Command } from './command';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What may follow an option; all others that take a value take a file. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'min-severity': SEVERITIES,
  'fail-on': FAIL_ON,
  changed: ['lines', 'files'],
  color: ['auto', 'always', 'never'],
  kind: ['safe', 'review'],
};

export function createCompletion(others: readonly Command[]): Command {
  const completion: Command = {
    name: 'completion',
    summary: 'print the completions for a shell',
    options: {},
    help: `Usage: moat completion bash|zsh|fish

Prints what makes the shell complete commands, options and their values.

Examples:
  moat completion bash > ~/.local/share/bash-completion/completions/moat
  source <(moat completion zsh)          in ~/.zshrc, after compinit
  moat completion fish > ~/.config/fish/completions/moat.fish`,

    run(args, io, engine) {
      const shell = SHELLS.find((each) => each === args.positionals[0]);
      if (shell === undefined || args.positionals.length > 1) {
        return mistake(`Name one shell: ${SHELLS.join(', ')}.`);
      }
      const rules = engine.rules.map(({ id }) => id);
      io.stdout.write(shell === 'fish' ? toFish(all(), rules) : toBash(all(), rules, shell === 'zsh'));
      return value(EXIT_CLEAN);
    },
  };
  const all = () => [...others, completion];
  return completion;
}

function toBash(commands: readonly Command[], rules: readonly string[], isZsh: boolean): string {
  const cases = commands.map(({ name, options }) => {
    const words = namesOf(options).map((option) => `--${option}`);
    const first = name === 'explain' ? rules : name === 'completion' ? SHELLS : [];
    return `    ${name}) words="${[...words, ...first].join(' ')}" ;;`;
  });
  const values = Object.entries({ ...VALUES, format: FORMATS, rule: rules }).map(
    ([option, choices]) => `    --${option}) words="${choices.join(' ')}" ;;`,
  );
  const head = isZsh ? ['autoload -U +X bashcompinit && bashcompinit'] : [];
  return [
    ...head,
    '_moat() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  COMPREPLY=()',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '  esac',
    `  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(' ')} --help --version"; fi`,
    '  case "$before" in',
    ...values,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -o default -o bashdefault -F _moat moat',
    '',
  ].join('\n');
}

function toFish(commands: readonly Command[], rules: readonly string[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => {
    const condition = `-n '__fish_seen_subcommand_from ${name}'`;
    const own = namesOf(options).map((option) => {
      const choices = option === 'format' ? FORMATS : option === 'rule' ? rules : VALUES[option];
      if (options[option]?.type === 'boolean' || option === 'help')
        return `complete -c moat ${condition} -l ${option}`;
      if (choices === undefined) return `complete -c moat ${condition} -l ${option} -r`;
      return `complete -c moat ${condition} -l ${option} -x -a '${choices.join(' ')}'`;
    });
    const words = name === 'explain' ? rules : name === 'completion' ? SHELLS : undefined;
    const first = words === undefined ? [] : [`complete -c moat ${condition} -f -a '${words.join(' ')}'`];
    return [
      `complete -c moat -n __fish_use_subcommand -f -a ${name} -d '${summary.replace(/'/g, "\\'")}'`,
      ...own,
      ...first,
    ];
  });
  return `${lines.join('\n')}\n`;
}

function namesOf(options: OptionSpecs): string[] {
  return [...Object.keys(options).filter((name) => name !== 'clientProcessId'), 'color', 'help'];
}

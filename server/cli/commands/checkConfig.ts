/** `moat check-config`: looks the configuration of a folder over, and runs the examples of its rows and rules. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIG_FILES, checkConfiguration, LineIndex, SILENT } from '../../core/index';
import { readText } from '../../host/node';
import { EXIT_CLEAN, EXIT_FINDINGS } from '../io';
import { createStyle, toPrintable, wantsColor } from '../style';
import { mistake, value } from '../usage';
import { shown } from '../workspace';
import type { Command } from './command';

export const checkConfig: Command = {
  name: 'check-config',
  summary: 'look the configuration over and run its examples',
  options: {},
  help: `Usage: moat check-config [FOLDER]

Reads moat.toml, or [tool.moat] in pyproject.toml, of FOLDER (default: the current
folder). Says what is wrong with its keys, and runs the examples (must-match and
must-not-match) that stand beside rows and rules.

Exit code: 0 all is well, 1 something is wrong, 2 there is no configuration,
or it cannot be read.`,

  run(args, io, engine) {
    const given = resolve(io.cwd, args.positionals[0] ?? '.');
    if (args.positionals.length > 1 || !existsSync(given)) {
      return mistake('Name one folder that exists, or none.');
    }
    const folder = statSync(given).isDirectory() ? given : dirname(given);
    const texts = new Map<string, string>();
    for (const file of CONFIG_FILES) {
      const result = readText(join(folder, file));
      if (result.kind === 'text') texts.set(file, result.text);
      else if (result.problem !== 'missing') {
        return mistake(`${shown({ io }, join(folder, file))} ${result.message}.`);
      }
    }
    const host = { logger: SILENT, createSecret: () => io.createSecret(), isEdited: false };
    const report = checkConfiguration((file) => texts.get(file), host, engine.rules);
    const { file, problems, nExamples } = report;
    if (file === undefined) {
      return mistake(`There is no moat.toml and no [tool.moat] in ${shown({ io }, folder)}.`);
    }
    const style = createStyle(wantsColor(io, io.stdout));
    for (const { file: at, range, message } of problems) {
      const { line, character } = new LineIndex(texts.get(at) ?? '').toPosition(range.start);
      const place = `${shown({ io }, join(folder, at))}:${line + 1}:${character + 1}`;
      io.stdout.write(`${style.bold(place)}: ${toPrintable(message)}\n`);
    }
    const examples =
      nExamples === 0 ? '' : `, ${nExamples} ${nExamples === 1 ? 'example' : 'examples'} tried`;
    const outcome = problems.length === 0 ? 'all is well' : `${problems.length} to mend`;
    io.stdout.write(`${shown({ io }, join(folder, file))}: ${outcome}${examples}\n`);
    return value(problems.length === 0 ? EXIT_CLEAN : EXIT_FINDINGS);
  },
};

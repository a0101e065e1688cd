/** `moat lsp`: the language server, for editors other than VS Code. */
import { EXIT_CLEAN } from '../io';
import { mistake, value } from '../usage';
import type { Command } from './command';

export const lsp: Command = {
  name: 'lsp',
  summary: 'start the language server, for editors',
  options: { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } },
  help: `Usage: moat lsp --stdio

Starts the language server. An editor runs it and talks to it over standard input
and output; there is nothing to see in a terminal.

Example (Neovim):
  vim.lsp.config("moat", { cmd = { "moat", "lsp", "--stdio" },
                           filetypes = { "python", "html", "htmldjango", "jinja" } })`,

  run(args, io) {
    if (!args.flag('stdio') || args.positionals.length > 0) {
      return mistake('An editor starts it as "moat lsp --stdio"; it takes nothing else.');
    }
    io.startServer();
    return value(EXIT_CLEAN);
  },
};

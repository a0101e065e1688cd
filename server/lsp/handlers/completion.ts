/** textDocument/completion in configuration files. Registered for these files alone: nobody waits for Moat in Python. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionRequest,
  MarkupKind,
} from 'vscode-languageserver';
import { CONFIG_FILES, configItems } from '../../core/index';
import { toLspRange } from '../convert';
import type { Session } from '../session';

export function registerCompletion(session: Session): void {
  session.connection.onCompletion((params) =>
    session.guard('Completion', params.textDocument.uri, null, () => {
      const location = session.workspace.locate(params.textDocument.uri);
      if (location === undefined || !CONFIG_FILES.includes(location.path)) return null;
      const { folder, path } = location;
      const text = folder.analyzer.textOf(path) ?? '';
      const lines = session.workspace.linesOf(folder, path);
      const items = configItems(path, text, lines.toOffset(params.position), folder.analyzer.rules());
      return items.map(
        ({ label, newText, range, doc, kind }): CompletionItem => ({
          label,
          kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
          filterText: newText,
          textEdit: { range: toLspRange(lines, range), newText },
          ...(doc === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: doc } }),
        }),
      );
    }),
  );
}

export async function offerCompletion(session: Session): Promise<void> {
  if (!session.client.registersCompletion) return;
  await session.connection.client.register(CompletionRequest.type, {
    documentSelector: CONFIG_FILES.map((file) => ({ pattern: `**/${file}` })),
    triggerCharacters: ['[', '.', '"', '='],
  });
}

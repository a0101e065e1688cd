/** The page that starts a workbench. Two kinds of builds exist: AMD modules until 1.93, ES modules after that. */

/** @typedef {object} PageOptions
 *  @property {string} authority host and port of the page
 *  @property {boolean} isAmd
 *  @property {string} folderName
 *  @property {string} [open] file to open first
 *  @property {string} [suite] path in the checkout, without `.js`
 *  @property {Record<string, unknown>} settings */

/** Scheme of the folder in memory. */
const SCHEME = 'memory';

/** @param {PageOptions} options */
export function workbenchPage(options) {
  const folderUri = { scheme: SCHEME, path: `/${options.folderName}` };
  const boot = `(api) => {
    const options = ${toScript(workbenchOptions(options))};
    const folderUri = api.URI.revive(${toScript(folderUri)});
    for (const editor of options.defaultLayout?.editors ?? []) editor.uri = api.URI.revive(editor.uri);
    const workspaceProvider = { workspace: { folderUri }, trusted: true, open: async () => false };
    api.create(document.body, { ...options, workspaceProvider });
  }`;
  const head = `<!doctype html><html><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Moat in VS Code</title><link rel="icon" href="/extension/moat/images/icon.png">
    <style>[id="chat.statusBarEntry"] { display: none !important }</style>`; // no setting hides that item
  return options.isAmd ? amdPage(head, boot) : esmPage(head, boot);
}

/** What `create` of VS Code for the web takes.
 *  @param {PageOptions} options */
function workbenchOptions({ authority, folderName, open, suite, settings }) {
  const origin = `http://${authority}`;
  const at = (/** @type {string} */ path) => ({ scheme: 'http', authority, path });
  const moat = at('/extension/moat');
  const editors = open && [{ uri: { scheme: SCHEME, path: `/${folderName}/${open}` } }];
  return {
    productConfiguration: {
      nameShort: 'VS Code for the Web',
      nameLong: 'VS Code for the Web',
      applicationName: 'vscode-web',
      dataFolderName: '.vscode-web',
      quality: 'stable',
      enableTelemetry: false,
      // With a file search provider `workspaceContains:` is answered at once; without it VS Code waits 7 s.
      extensionEnabledApiProposals: { 'moat-flask.memory-fs': ['fileSearchProvider', 'textSearchProvider'] },
      webEndpointUrlTemplate: `${origin}/vscode`,
      webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.${authority}/vscode/out/vs/workbench/contrib/webview/browser/pre/`,
    },
    additionalBuiltinExtensions: [at('/extension/memory-fs'), ...(suite ? [] : [moat])],
    ...(suite && {
      developmentOptions: { extensions: [moat], extensionTestsPath: at(`/extension/moat/${suite}`) },
    }),
    configurationDefaults: settings,
    enableWorkspaceTrust: false,
    ...(editors && { defaultLayout: { force: true, editors } }),
  };
}

/** @param {string} head
 *  @param {string} boot */
function amdPage(head, boot) {
  return `${head}
    <link data-name="vs/workbench/workbench.web.main" rel="stylesheet" href="/vscode/out/vs/workbench/workbench.web.main.css">
    </head><body></body>
    <script src="/vscode/out/vs/loader.js"></script>
    <script src="/vscode/out/vs/webPackagePaths.js"></script>
    <script>
      const paths = self.webPackagePaths ?? {};
      for (const name of Object.keys(paths)) paths[name] = location.origin + '/vscode/node_modules/' + name + '/' + paths[name];
      const trustedTypesPolicy = window.trustedTypes?.createPolicy('amdLoader', { createScriptURL: (url) => url });
      require.config({ baseUrl: location.origin + '/vscode/out', recordStats: true, paths, trustedTypesPolicy });
    </script>
    <script src="/vscode/out/vs/workbench/workbench.web.main.nls.js"></script>
    <script src="/vscode/out/vs/workbench/workbench.web.main.js"></script>
    <script>require(['vs/workbench/workbench.web.main'], ${boot});</script></html>`;
}

/** @param {string} head
 *  @param {string} boot */
function esmPage(head, boot) {
  return `${head}
    <link rel="stylesheet" href="/vscode/out/vs/workbench/workbench.web.main.internal.css"></head><body></body>
    <script>globalThis._VSCODE_FILE_ROOT = location.origin + '/vscode/out/';</script>
    <script type="module" src="/vscode/out/nls.messages.js"></script>
    <script type="module">
      import * as api from '/vscode/out/vs/workbench/workbench.web.main.internal.js';
      (${boot})(api);
    </script></html>`;
}

/** @param {unknown} value */
function toScript(value) {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

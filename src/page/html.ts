/** What the webview's document is made from. URIs are the webview's own (`asWebviewUri`), attributes need no escaping beyond this file's. */
export interface PageDocument {
  /** Fresh random per document, base64 or hex. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** URI of `dist/page/page.js`. */
  readonly script: string;
  /** URI of `dist/page/page.css`. */
  readonly style: string;
  /** Language of the editor, e.g. `vscode.env.language`. */
  readonly language: string;
}

/**
 * The page's document. Scripts run by nonce only (it carries over to the `import()` of a demo), styles come from the extension's
 * own files only; no inline style or script, no connection, no frame, no form, no evaluation of strings.
 */
export function pageHtml(page: PageDocument): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    `font-src ${page.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${attribute(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Patternsmith</title>
<link rel="stylesheet" href="${attribute(page.style)}">
</head>
<body>
<div id="page"><p class="loading" role="status">Loading the page…</p></div>
<script type="module" nonce="${attribute(page.nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

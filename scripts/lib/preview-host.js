// Stands in for the editor around the page: theme variables, messages, state. Kept in the tab, as VS Code keeps it over a reload.
const { theme, page, reduceMotion } = JSON.parse(
  document.getElementById('preview-data').textContent,
);
const root = document.documentElement;
for (const [name, color] of Object.entries(theme.colors)) {
  root.style.setProperty(`--vscode-${name}`, color);
}
root.style.setProperty('--vscode-font-family', 'system-ui, "Segoe UI", sans-serif');
root.style.setProperty('--vscode-font-size', '13px');
root.style.setProperty('--vscode-editor-font-family', 'ui-monospace, Consolas, monospace');
document.body.className = theme.kind;
document.body.classList.toggle('vscode-reduce-motion', reduceMotion);

window.preview = { sent: [], violations: [], setPage: (next) => deliver(next) };
document.addEventListener('securitypolicyviolation', (event) => {
  window.preview.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});

function deliver(shown) {
  const message =
    typeof shown === 'string' ? { type: 'failed', message: shown } : { type: 'show', page: shown };
  setTimeout(() => window.postMessage(message, '*'));
}

window.acquireVsCodeApi = () => ({
  postMessage(message) {
    window.preview.sent.push(message);
    if (message.type === 'ready') deliver(page);
  },
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});

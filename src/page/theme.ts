/** Colours for the canvas: the editor's own, read when something is drawn. */
export function themeColor(name: string): string {
  if (matchMedia('(forced-colors: active)').matches) return 'CanvasText';
  const styles = getComputedStyle(document.documentElement);
  const color = styles.getPropertyValue(name).trim();
  return color || styles.getPropertyValue('--vscode-foreground').trim() || 'GrayText';
}

export function themeFont(): string {
  const family = getComputedStyle(document.documentElement).getPropertyValue(
    '--vscode-font-family',
  );
  return `11px ${family.trim() || 'system-ui'}`;
}

/** The system's setting, or VS Code's own (`workbench.reduceMotion`). */
export function motionIsReduced(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches ||
    document.body.classList.contains('vscode-reduce-motion')
  );
}

/** Calls back when the theme or the motion setting changes. */
export function onAppearanceChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  const attributes = { attributes: true, attributeFilter: ['class', 'style'] };
  observer.observe(document.body, attributes);
  observer.observe(document.documentElement, attributes);
  for (const query of ['(forced-colors: active)', '(prefers-reduced-motion: reduce)']) {
    matchMedia(query).addEventListener('change', changed);
  }
}

import picomatch from 'picomatch';
import { below, join, parentDir, upwards, type Reader } from './reader.ts';
import type { Style } from './types.ts';

type Properties = Readonly<Record<string, string>>;

/** What the .editorconfig files from the root (or the one with `root = true`) down to `file` say; the nearest wins. */
export async function editorConfigStyle(reader: Reader, file: string): Promise<Partial<Style>> {
  let properties: Properties = {};
  for (const dir of upwards(parentDir(file) ?? '')) {
    const text = await reader.read(join(dir, '.editorconfig'));
    if (text === undefined) continue;
    const parsed = parse(text);
    properties = { ...propertiesFor(parsed.sections, below(dir, file)), ...properties };
    if (parsed.root) break;
  }
  return styleOf(properties);
}

interface Section {
  readonly glob: string;
  readonly properties: Record<string, string>;
}

function parse(text: string): { readonly root: boolean; readonly sections: readonly Section[] } {
  const sections: Section[] = [];
  let root = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const header = line.match(/^\s*\[(.*)\]\s*$/)?.[1];
    const pair = line.match(/^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/);
    if (header !== undefined) sections.push({ glob: header, properties: {} });
    else if (pair?.[1] !== undefined && pair[2] !== undefined) {
      const [key, value] = [pair[1].toLowerCase(), pair[2].toLowerCase()];
      const section = sections.at(-1);
      if (section) section.properties[key] = value;
      else if (key === 'root') root = value === 'true';
    }
  }
  return { root, sections };
}

/** Later sections win; a glob without a slash matches at any depth. */
function propertiesFor(sections: readonly Section[], path: string): Properties {
  const matching = sections.filter(({ glob }) => {
    const pattern = glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
    return picomatch.isMatch(path, pattern, { dot: true });
  });
  return Object.assign({}, ...matching.map(({ properties }) => properties));
}

function styleOf(properties: Properties): Partial<Style> {
  const { indent_style, indent_size, tab_width, end_of_line, max_line_length } = properties;
  const { quote_type } = properties;
  const size = Number(indent_size === 'tab' ? tab_width : (indent_size ?? tab_width));
  const width = Number(max_line_length);
  return {
    ...(indent_style === 'tab' && { indent: '\t' as const, ...(size > 0 && { tabWidth: size }) }),
    ...(indent_style !== 'tab' && size > 0 && { indent: size }),
    ...(end_of_line === 'lf' && { eol: '\n' as const }),
    ...(end_of_line === 'crlf' && { eol: '\r\n' as const }),
    ...(width > 0 && { printWidth: width }),
    ...((quote_type === 'single' || quote_type === 'double') && { quotes: quote_type }),
  };
}

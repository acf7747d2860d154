/** The little of Babel's syntax tree that is looked at. Positions are UTF-16 offsets. */
export interface Statement {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly importKind?: string | null;
  readonly exportKind?: string | null;
  readonly declare?: boolean;
  readonly abstract?: boolean;
  readonly declaration?: Statement | null;
  readonly declarations?: readonly { readonly id: Named }[];
  readonly id?: Named | null;
  readonly specifiers?: readonly Specifier[];
  readonly source?: { readonly value: string } | null;
  readonly body?: { readonly type: string; readonly body: readonly Statement[] };
}

export interface Named {
  readonly type: string;
  /** Of an identifier. */
  readonly name?: string;
  /** Of a name in quotes. */
  readonly value?: string;
}

export interface Specifier {
  readonly type: string;
  readonly importKind?: string | null;
  readonly exportKind?: string | null;
  readonly local: Named;
  readonly imported?: Named;
  readonly exported?: Named;
}

export interface Comment {
  readonly start: number;
  readonly end: number;
}

export interface Syntax {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}

/** Replaces `[start, end)`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

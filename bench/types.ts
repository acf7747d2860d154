/** One line of a bench's table. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** To the reference that the bench's title names; what a reader should look at first. */
  readonly ratio?: number;
}

export interface Bench {
  readonly id: string;
  readonly title: string;
  run(): Promise<readonly Row[]>;
}

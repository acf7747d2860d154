/** The component in the words of the file. */
export interface Lines {
  readonly name: string;
  /** `orderEmailConsumer.start()` */
  readonly start: string;
  /** `orderEmailConsumer.close({ drainMs: 10_000 })` */
  readonly close: string;
  /** Whether clients may hold connections for as long as they like, so that a server never gets to its end: Nest's gateways. */
  readonly holdsSockets: boolean;
}

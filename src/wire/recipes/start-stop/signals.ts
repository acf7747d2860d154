import { Node, lineOf, type Source } from '../../source.ts';
import type { WiringNote } from '../../types.ts';
import { followed, registrationsIn } from './shutdown.ts';

const SENDERS: Readonly<Record<string, string>> = {
  SIGTERM: 'SIGTERM, which containers and process managers send,',
  SIGINT: 'Ctrl+C (SIGINT)',
};

/** A file that handles only one of the two signals is left so: on the other the process still ends at once, which is said. */
export function signalNotes(source: Source, component: string): readonly WiringNote[] {
  const registrations = registrationsIn(source);
  const handled = registrations.map(({ node }) => signalOf(node.getArguments()[0]));
  const [first] = registrations;
  // What a library or a loop registers for is for both.
  if (first === undefined || handled.includes(undefined)) return [];
  return Object.entries(SENDERS).flatMap(([signal, sender]): WiringNote[] => {
    if (handled.includes(signal)) return [];
    const { node, handler } = first;
    const line = lineOf(source, node.getStart());
    const ends = `${sender} still ends the process without closing ${component}`;
    const only = `only ${handled.join(' and ')} is handled here`;
    // A handler that is written within the call has just been changed; one that has a name is called once more.
    if (followed(handler) === handler) {
      return [{ line, text: `${ends}: ${only}; let the same function run on ${signal}` }];
    }
    const snippet = node.getText().replaceAll(handled[0]!, signal);
    return [{ line, text: `${ends}: ${only}`, snippet }];
  });
}

const signalOf = (event: Node | undefined): string | undefined =>
  Node.isStringLiteral(event) ? event.getLiteralValue() : undefined;

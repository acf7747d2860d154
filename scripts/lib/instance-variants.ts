/** What instances become by the target that they are for, where that is more than other types: facts as the recipes tell them. */
import type { WireFacts } from '../../src/wire/types.ts';

/** By pattern and by a name for the folder. Besides these, each instance is rendered without a target. */
export const INSTANCE_VARIANTS: Readonly<Record<string, Readonly<Record<string, WireFacts>>>> = {
  'competing-consumers': {
    late: { late: true, messageType: '{ readonly id: string; readonly total?: number }' },
  },
  'strangler-fig': {
    read: {
      facade: false,
      symbol: 'Invoices.find',
      function: 'find',
      args: '[id: string, options?: { readonly at?: Date }]',
      resultType: '{ readonly id: string; readonly lines: readonly string[] } | undefined',
      kind: 'read',
      isRead: true,
      key: '(_old, id) => id',
      isKeyed: true,
    },
    write: {
      facade: false,
      symbol: 'createInvoice',
      function: 'createInvoice',
      args: '[draft: { readonly customer: string }, ...notes: string[]]',
      resultType: 'number',
      kind: 'write',
      isRead: false,
      key: '() => undefined',
      isKeyed: false,
    },
  },
};

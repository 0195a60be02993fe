import { Type } from 'typebox'
import { DecimalOut, Id, nullable, object } from '../http/schemas.ts'

const BeforeAfter = object({ before: DecimalOut, after: DecimalOut })

/** What an action would change, along the whole chain; part of the answer to `?preview=true`. */
export const Changes = object(
  {
    documents: Type.Array(
      object({
        kind: Type.String(),
        id: Id,
        number: nullable(Type.String()),
        change: Type.String({ examples: ['made', 'changed'] }),
      }),
    ),
    stock: Type.Array(
      object({
        productId: Id,
        sku: Type.String(),
        warehouseId: Id,
        warehouse: Type.String(),
        onHand: BeforeAfter,
        quarantined: BeforeAfter,
        reserved: BeforeAfter,
        incoming: BeforeAfter,
        outgoing: BeforeAfter,
        value: BeforeAfter,
      }),
    ),
    money: Type.Array(
      object(
        {
          partyId: Id,
          party: Type.String(),
          currency: Type.String(),
          receivable: BeforeAfter,
          payable: BeforeAfter,
        },
        { description: 'What the party owes, and what it is owed, less credits and payments on account.' },
      ),
    ),
    statuses: Type.Array(
      object({
        kind: Type.String(),
        id: Id,
        number: nullable(Type.String()),
        field: Type.String({
          description:
            'state, fulfilment, invoicing, returned, paymentStatus or inTransit ("true" or "false").',
          examples: ['fulfilment'],
        }),
        before: nullable(Type.String()),
        after: nullable(Type.String()),
      }),
    ),
  },
  { description: 'Only in the answer to a preview.' },
)

import { type Static, Type } from 'typebox'
import { DecimalOut, Id, Version, object, optional } from '../../http/schemas.ts'
import { PartyOut } from '../../parties/index.ts'

export const MergeInput = object({
  into: Type.Unsafe<string>({ ...Id, description: 'The party that stays.' }),
  version: optional(
    Type.Unsafe<number>({
      ...Version,
      description: 'Of the party that stays, as it was read; 412 when it is another by now.',
    }),
  ),
})
export type MergeInput = Static<typeof MergeInput>

export const MergeOut = object({
  party: PartyOut,
  merged: object({ id: Id, name: Type.String() }),
  moved: Type.Array(
    object({
      kind: Type.String({
        examples: ['invoice'],
        description: 'Of a document, or product, price-book, recurring-schedule, file.',
      }),
      count: Type.Integer(),
    }),
  ),
  facts: Type.Array(Type.String(), {
    description: 'Fields that were empty and are filled from the duplicate.',
  }),
  contacts: Type.Integer({ description: 'Contacts that are added.' }),
  addresses: Type.Integer({ description: 'Addresses that are added.' }),
  balances: Type.Array(object({ currency: Type.String(), receivable: DecimalOut, payable: DecimalOut }), {
    description: 'What the duplicate owed and was owed, which is the account of the one that stays now.',
  }),
})
export type MergeOut = Static<typeof MergeOut>

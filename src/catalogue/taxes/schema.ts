import { type Static, Type } from 'typebox'
import { Archived } from '../../http/archived-filter.ts'
import {
  Id,
  MomentOut,
  PositiveDecimalText,
  Version,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../../http/schemas.ts'

/** EN 16931 VAT categories (UNCL 5305). */
const categories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'] as const

const fields = {
  name: oneLine(100, { minLength: 1, description: 'As printed on documents, such as "GST 10 %".' }),
  rate: PositiveDecimalText,
  category: literals(categories, {
    description:
      'EN 16931 category: S standard, Z zero rate, E exempt, AE reverse charge, K intra-community, G export, O not subject, L Canary Islands, M Ceuta and Melilla. Left out: S, or Z when the rate is 0.',
  }),
  exemptionReason: nullable(text(300, { description: 'Printed where the rate is 0.' })),
}

export const TaxBody = object({
  name: fields.name,
  rate: fields.rate,
  category: optional(fields.category),
  exemptionReason: optional(fields.exemptionReason),
})
export type TaxInput = Static<typeof TaxBody>

export const TaxPatch = Type.Partial(Type.Object(fields))
export type TaxChanges = Static<typeof TaxPatch>

export const TaxOut = object({
  id: Id,
  ...fields,
  archived: Type.Boolean(),
  version: Version,
  createdAt: MomentOut,
})

export const taxFilters = {
  archived: Archived,
  category: optional(literals(categories)),
}

import { Type } from 'typebox'
import { DateText, DecimalOut, Id, literals, nullable, object } from '../../http/schemas.ts'
import { causes, explainedFigures } from './explain-level.ts'

export const ExplainQuery = object({
  productId: Id,
  warehouseId: Id,
  field: literals(explainedFigures),
})

export const ExplanationOut = object({
  productId: Id,
  warehouseId: Id,
  field: literals(explainedFigures),
  unit: Type.String({ description: 'The base unit of the product; of the value, the company currency.' }),
  value: DecimalOut,
  rule: Type.String({ description: 'What the figure means, in a sentence.' }),
  rows: Type.Array(
    object({
      cause: literals(causes, { description: 'What kind of row it is.' }),
      label: Type.String(),
      quantity: nullable(DecimalOut),
      amount: nullable(DecimalOut),
      kind: nullable(Type.String()),
      id: nullable(Id),
      number: nullable(Type.String()),
      date: nullable(DateText),
      party: nullable(Type.String()),
      priority: nullable(Type.Integer()),
      count: nullable(Type.Integer({ description: 'How many rows this one sums up.' })),
    }),
    { description: 'They add up to the value, each one or as the sum of many.' },
  ),
})

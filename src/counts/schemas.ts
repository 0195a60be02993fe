import { type Static, Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  Id,
  MomentOut,
  MomentText,
  PositiveDecimalText,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  oneLine,
  optional,
  text,
} from '../http/schemas.ts'
import { createdBy } from '../journal/made-by.ts'
import { Offered } from '../orders/index.ts'
import { countStates } from './description.ts'

const described = (schema: object, description: string) => Type.Unsafe<string>({ ...schema, description })
const lineIds = Type.Array(Id, { minItems: 1, maxItems: 2000 })

const counter = optional(nullable(oneLine(100, { description: 'Who counts, as people say it.' })))
const blind = optional(
  Type.Boolean({ description: 'While it is counted nobody is shown what the books have. Left out: true.' }),
)

export const CountInput = object({
  warehouseId: optional(described(Id, 'Left out: the oldest warehouse.')),
  locationId: optional(nullable(described(Id, 'Only this location and those below it.'))),
  category: optional(nullable(oneLine(200, { description: 'Only products of this category.' }))),
  abc: optional(
    Type.Union([literals(['A', 'B', 'C']), Type.Null()], {
      description:
        'Only products of this class, by the value that left the warehouse in 365 days: A makes 80 % of it, B 15 % more, C is the rest.',
    }),
  ),
  productIds: optional(
    Type.Array(Id, {
      minItems: 1,
      maxItems: 2000,
      uniqueItems: true,
      description:
        'Only these products; they stand on the sheet even where the books have none of them (lots and serial numbers excepted).',
    }),
  ),
  blind,
  counter,
  notes: optional(nullable(text(5000))),
})
export type CountInput = Static<typeof CountInput>

export const CountChange = object({ blind, counter, notes: optional(nullable(text(5000))) })
export type CountChange = Static<typeof CountChange>

const Entry = object({
  lineId: optional(
    described(Id, 'A line of the sheet. Left out: the product is named, and the line may be new.'),
  ),
  productId: optional(Id),
  locationId: optional(described(Id, 'Left out: the usual location of the warehouse.')),
  lotId: optional(Id),
  lotNumber: optional(
    oneLine(100, { minLength: 1, description: 'Of a lot or serial number that is known by no id.' }),
  ),
  expiresOn: optional(nullable(DateText)),
  counted: Type.Union([PositiveDecimalText, Type.Null()], {
    description: 'All that lies there, in `unit`. Null: not counted after all.',
  }),
  unit: optional(oneLine(30, { description: 'Left out: the base unit of the product.' })),
  countedAt: optional(
    described(
      MomentText,
      'When it was counted, for what is sent later: what moved since stays out of the difference. Left out, or ahead of the clock of the server: now.',
    ),
  ),
  note: optional(nullable(text(500))),
})
export const CountEntries = object({ lines: Type.Array(Entry, { minItems: 1, maxItems: 2000 }) })
export type CountEntries = Static<typeof CountEntries>
export type CountEntry = CountEntries['lines'][number]

export const CountFinish = object({
  uncounted: optional(
    literals(['refuse', 'leave', 'none'], {
      description:
        'What becomes of lines that nobody counted: refuse (left out), leave them as the books have them, or none: nothing lies there.',
    }),
  ),
})
export type CountFinish = Static<typeof CountFinish>

export const CountAgain = object({
  lineIds: optional({ ...lineIds, description: 'These lines.' }),
  overPercent: optional(
    described(PositiveDecimalText, 'Lines that differ by more than this part of the books.'),
  ),
  overValue: optional(
    described(PositiveDecimalText, 'Lines whose difference is worth more than this, company currency.'),
  ),
})
export type CountAgain = Static<typeof CountAgain>

export const CountBooking = object({
  reason: optional(
    nullable(text(500, { description: "Kept on the adjustment. Left out: 'Count' and the number." })),
  ),
})
export type CountBooking = Static<typeof CountBooking>

const filters = {
  q: listQuery.q,
  state: optional(literals([...countStates, 'open'], { description: 'open: counting or to approve.' })),
  warehouseId: optional(Id),
  productId: optional(Id),
  number: optional(text(60)),
  createdBy,
  from: optional(DateText),
  to: optional(DateText),
}
export const CountSheetCountQuery = object(filters)
export const CountSheetListQuery = object({
  ...filters,
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
})

const head = {
  id: Id,
  number: Type.String(),
  state: literals(countStates),
  date: DateText,
  warehouseId: Id,
  warehouseName: Type.String(),
  locationId: nullable(Id),
  location: nullable(Type.String()),
  category: nullable(Type.String()),
  abc: nullable(literals(['A', 'B', 'C'])),
  blind: Type.Boolean(),
  counter: nullable(Type.String()),
  adjustmentId: nullable(Id),
  adjustment: nullable(Type.String({ description: 'Number of the stock adjustment.' })),
  lineCount: Type.Integer(),
  countedCount: Type.Integer({ description: 'Lines that are counted.' }),
  differenceCount: nullable(
    Type.Integer({ description: 'Lines whose count differs. Null while it is counted blind.' }),
  ),
  version: Version,
  createdAt: MomentOut,
  createdBy: Type.String(),
}
export const CountSheetItem = object(head)

const hidden = 'Null while it is counted blind.'
const quantity = (description: string) =>
  nullable(Type.Unsafe<Static<typeof DecimalOut>>({ ...DecimalOut, description }))

const CountLineOut = object({
  id: Id,
  position: Type.Integer(),
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  unit: Type.String({ description: 'The base unit, which all quantities are in.' }),
  tracking: literals(['none', 'lot', 'serial']),
  locationId: Id,
  location: Type.String(),
  lotId: nullable(Id),
  lot: nullable(Type.String()),
  expiresOn: nullable(Type.String()),
  onHand: quantity(`What the books have now. ${hidden}`),
  book: quantity(`What the books had when it was counted. ${hidden}`),
  counted: nullable(DecimalOut),
  difference: quantity(`counted - book. ${hidden}`),
  moved: quantity(`onHand - book: what moved since it was counted, and stays. ${hidden}`),
  value: quantity(`The difference at what the product costs now, company currency. ${hidden}`),
  countedAt: nullable(MomentOut),
  countedBy: nullable(Type.String()),
  firstCounted: quantity('What the count before the recount said.'),
  firstBook: quantity(`What the books had then. ${hidden}`),
  note: nullable(Type.String()),
})

export const CountSheetOut = object({
  ...head,
  notes: nullable(Type.String()),
  lines: Type.Array(CountLineOut),
  actions: Type.Array(Offered),
})
export type CountSheetOut = Static<typeof CountSheetOut>

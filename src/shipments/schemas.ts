import { type Static, Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  DecimalText,
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
} from '../http/schemas.ts'
import { Link } from '../journal/links.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { rejectionReasons } from '../kinds.ts'
import { DeliveryAddressOut, Offered, PartyOut } from '../orders/index.ts'

const LotInput = object({
  lotId: optional(Id),
  number: optional(oneLine(100)),
  expiresOn: optional(nullable(DateText)),
  quantity: PositiveDecimalText,
})

export const ShipmentLineInput = object({
  sourceLineId: optional(
    Type.Union([Id, Type.Null()], {
      description: 'The order line, or the shipment line that goods come back from.',
    }),
  ),
  productId: optional(nullable(Id)),
  quantity: optional(PositiveDecimalText),
  unit: optional(oneLine(30)),
  rejectedQuantity: optional(PositiveDecimalText),
  quantityChange: optional(DecimalText),
  countedQuantity: optional(PositiveDecimalText),
  bookQuantity: optional(
    Type.Union([DecimalText, Type.Null()], {
      description:
        'With `countedQuantity`: what the books had when it was counted, in the unit of the line. What moved since stays. Left out or null: what they have on the date of the document.',
    }),
  ),
  unitCost: optional(
    Type.Union([PositiveDecimalText, Type.Null()], {
      description: 'Company currency per base unit, for goods that come in without an order.',
    }),
  ),
  reason: optional(
    Type.Union([text(500), Type.Null()], {
      description: `Needed where goods are rejected. People and printed documents read a word of their language for ${rejectionReasons.join(', ')}; any other text stands as it is.`,
    }),
  ),
  disposition: optional(literals(['restock', 'quarantine', 'scrap'])),
  replace: optional(Type.Boolean({ description: 'The returned quantity is open for delivery again (R13).' })),
  warehouseId: optional(Id),
  locationId: optional(nullable(Id)),
  toLocationId: optional(nullable(Id)),
  lotId: optional(nullable(Id)),
  lots: optional(Type.Array(LotInput, { maxItems: 2000 })),
  serials: optional(Type.Array(oneLine(100, { minLength: 1 }), { maxItems: 5000 })),
})
export type ShipmentLineInput = Static<typeof ShipmentLineInput>

const head = {
  date: optional(DateText),
  reference: optional(nullable(oneLine(200))),
  carrier: optional(nullable(oneLine(200))),
  tracking: optional(nullable(oneLine(200))),
  reason: optional(nullable(text(500))),
  notes: optional(nullable(text(5000))),
}

const post = optional(
  Type.Boolean({
    description: 'True: made and posted in one action, or nothing of it (the goods have moved).',
  }),
)

/** Made from an order or another shipment: an empty body means all that is open. */
export const ShipmentFollowUp = object({
  ...head,
  post,
  warehouseId: optional(Id),
  lines: optional(Type.Array(ShipmentLineInput, { minItems: 1, maxItems: 2000 })),
  closeOrder: optional(
    object(
      { reason: optional(nullable(text(500))) },
      {
        description:
          'With `post`, of a delivery or receipt of an order: what is still open afterwards is not expected any more, and the order is closed in the same action.',
      },
    ),
  ),
})
export type ShipmentFollowUp = Static<typeof ShipmentFollowUp>

/** Made by hand (or, with `sourceId`, from that document). */
export const ShipmentInput = object({
  ...head,
  post,
  sourceId: optional(Id),
  partyId: optional(nullable(Id)),
  warehouseId: optional(Id),
  toWarehouseId: optional(nullable(Id)),
  viaTransit: optional(
    Type.Boolean({ description: 'Transfers: goods are in transit until they are received.' }),
  ),
  takeReservations: optional(
    Type.Boolean({ description: 'Transfers: reserved goods move with their reservations.' }),
  ),
  lines: optional(Type.Array(ShipmentLineInput, { minItems: 1, maxItems: 2000 })),
})
export type ShipmentInput = Static<typeof ShipmentInput>

export const ShipmentChange = object({
  ...head,
  takeReservations: optional(Type.Boolean()),
  lines: optional(
    Type.Array(ShipmentLineInput, {
      minItems: 1,
      maxItems: 2000,
      description: 'All lines: they replace the old ones.',
    }),
  ),
})
export type ShipmentChange = Static<typeof ShipmentChange>

const ArrivedLot = object({
  lotId: optional(Id),
  number: optional(text(100)),
  quantity: PositiveDecimalText,
})

export const TransferReceipt = object({
  lines: optional(
    Type.Array(
      object({
        sourceLineId: Id,
        quantity: PositiveDecimalText,
        lots: optional(
          Type.Array(ArrivedLot, {
            maxItems: 2000,
            description:
              'Which lots came, by id or number. Needed, as `serials` are, where fewer come than are in transit and the line has several.',
          }),
        ),
        serials: optional(
          Type.Array(text(100, { minLength: 1 }), {
            maxItems: 5000,
            description: 'Which serial numbers came.',
          }),
        ),
      }),
      { minItems: 1, maxItems: 2000, description: 'Left out: all that is in transit.' },
    ),
  ),
})
export type TransferReceipt = Static<typeof TransferReceipt>

const LotOut = object({
  lotId: nullable(Id),
  number: Type.String(),
  expiresOn: nullable(DateText),
  quantity: DecimalOut,
})

const ShipmentLineOut = object({
  id: Id,
  position: Type.Integer(),
  sourceLineId: nullable(Id),
  orderLineId: nullable(Id),
  productId: Id,
  sku: Type.String(),
  description: Type.String(),
  quantity: DecimalOut,
  unit: Type.String(),
  baseQuantity: DecimalOut,
  expectedQuantity: nullable(DecimalOut),
  rejectedQuantity: DecimalOut,
  countedQuantity: nullable(DecimalOut),
  bookQuantity: nullable(DecimalOut),
  quantityChange: optional(DecimalOut),
  unitCost: nullable(DecimalOut),
  value: nullable(DecimalOut),
  reason: nullable(Type.String()),
  disposition: nullable(literals(['restock', 'quarantine', 'scrap'])),
  replace: Type.Boolean(),
  warehouseId: Id,
  locationId: nullable(Id),
  toLocationId: nullable(Id),
  lots: Type.Array(LotOut),
  serials: Type.Array(Type.String()),
  lotsReceived: Type.Array(LotOut, {
    description: 'Of a transfer by transit: which lots and serial numbers have arrived.',
  }),
  returned: DecimalOut,
  invoiced: DecimalOut,
  received: DecimalOut,
})

const shipmentHead = {
  id: Id,
  kind: Type.String(),
  number: nullable(Type.String()),
  state: literals(['draft', 'posted', 'reversed']),
  partyId: nullable(Id),
  party: nullable(PartyOut),
  warehouseId: Id,
  toWarehouseId: nullable(Id),
  orderId: nullable(Id),
  sourceId: nullable(Id),
  date: DateText,
  reference: nullable(Type.String()),
  carrier: nullable(Type.String()),
  tracking: nullable(Type.String()),
  reason: nullable(Type.String()),
  inTransit: Type.Boolean({ description: 'Goods of this transfer are on their way.' }),
  version: Version,
  createdAt: MomentOut,
}
export const ShipmentListItem = object({
  ...shipmentHead,
  sourceNumber: nullable(
    Type.String({
      description:
        'Of the order, delivery or receipt that it was made from. Null: of none, or the caller may not read it.',
    }),
  ),
  lineCount: Type.Integer(),
  reasons: Type.Array(Type.String(), { description: 'Its own and those of its lines, each once.' }),
  dispositions: Type.Array(literals(['restock', 'quarantine', 'scrap']), {
    description: 'Of goods that come back: where they go, each once.',
  }),
  invoicing: nullable(
    literals(['none', 'partial', 'full'], {
      description:
        'Of a posted delivery or receipt, how far what stayed of it is invoiced (billed); of a posted return, how far what can be credited of it is. Judged line by line. Null: not posted, or there is nothing to invoice or credit.',
    }),
  ),
  acceptedLines: Type.Integer({ description: 'Lines of which something was accepted, or moved.' }),
  rejectedLines: Type.Integer({ description: 'Lines of a receipt of which something was rejected.' }),
  arrivedLines: nullable(
    Type.Integer({
      description: 'Lines of a posted transfer of which all has arrived. Null: not posted, or no transfer.',
    }),
  ),
  differingLines: nullable(
    Type.Integer({
      description:
        'Lines of a posted transfer of which less arrived than was sent. Null: nothing of it has arrived yet, so that there is nothing to compare.',
    }),
  ),
  value: nullable(
    Type.Unsafe<Decimal>({
      ...DecimalOut,
      description:
        'What a posted adjustment changes, in the company’s currency; losses are below zero. Null: not posted, or no adjustment.',
    }),
  ),
})
export type ShipmentListItem = Static<typeof ShipmentListItem>

export const ShipmentOut = object({
  ...shipmentHead,
  viaTransit: Type.Boolean(),
  takeReservations: Type.Boolean(),
  deliveryAddress: DeliveryAddressOut,
  notes: nullable(Type.String()),
  createdBy: Type.String(),
  postedAt: nullable(MomentOut),
  value: nullable(
    Type.Unsafe<Decimal>({
      ...DecimalOut,
      description:
        'Of the goods, in the company’s currency; of an adjustment what it changes: losses are below zero. Null before posting.',
    }),
  ),
  lines: Type.Array(ShipmentLineOut),
  actions: Type.Array(Offered),
  links: Type.Array(Link),
})
export type ShipmentOut = Static<typeof ShipmentOut>

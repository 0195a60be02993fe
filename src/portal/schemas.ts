import { type Static, Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  Id,
  MomentOut,
  PositiveDecimalText,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../http/schemas.ts'
import { providers, states } from '../online-payments/index.ts'
import { mostDays, portalKinds, usualDays } from './links.ts'

export const TokenParams = Type.Object({ token: Type.String({ maxLength: 100 }) })
export const DocumentParams = Type.Object({ token: Type.String({ maxLength: 100 }), id: Id })

const link = {
  id: Id,
  partyId: Id,
  documentKind: nullable(Type.String()),
  documentId: nullable(Id),
  expiresAt: MomentOut,
  revokedAt: nullable(MomentOut),
  revokedBy: nullable(Type.String()),
  createdAt: MomentOut,
  createdBy: Type.String(),
  uses: Type.Integer({ description: 'How often it was used.' }),
  lastUsedAt: nullable(MomentOut),
}
export const LinkOut = object(link)
export const LinkMade = object({
  ...link,
  url: Type.String({ description: 'Shown once: only a hash of its token is kept.' }),
})
export const LinkBody = object({
  documentKind: optional(literals(portalKinds)),
  documentId: optional({
    ...Id,
    description: 'The document that it shows; with documentKind.',
  } as typeof Id),
  partyId: optional({
    ...Id,
    description: 'Instead of a document: what is open of this customer, and his statement of account.',
  } as typeof Id),
  days: optional(
    Type.Integer({
      minimum: 1,
      maximum: mostDays,
      description: `Days after which it is over; ${usualDays} unless given.`,
    }),
  ),
})
export const LinkQuery = Type.Object({ documentId: optional(Id), partyId: optional(Id) })
export const UseOut = object({
  action: Type.String({ description: 'opened, downloaded, accepted, disputed, paying' }),
  address: Type.String({ description: 'Shortened: where from, not who.' }),
  agent: Type.String(),
  firstAt: MomentOut,
  lastAt: MomentOut,
  times: Type.Integer({ description: 'Within an hour.' }),
})

const dispute = {
  id: Id,
  lineId: nullable(Id),
  text: Type.String(),
  name: nullable(Type.String()),
  at: MomentOut,
  resolvedAt: nullable(MomentOut),
  resolution: nullable(Type.String()),
}
export const DisputeOut = object({
  ...dispute,
  documentKind: Type.String(),
  documentId: Id,
  lineText: nullable(Type.String()),
  resolvedBy: nullable(Type.String()),
  version: Type.Integer(),
})
export const DisputeBody = object({
  lineId: optional(nullable({ ...Id, description: 'Null: the document as a whole.' } as typeof Id)),
  text: text(2000, { minLength: 1 }),
  name: optional(oneLine(200)),
})
export const DisputeQuery = Type.Object({ documentId: optional(Id) })
export const ResolveBody = object({
  resolution: text(2000, { minLength: 1, description: 'The customer reads it.' }),
})
export const AcceptanceOut = object({
  name: Type.String(),
  amount: DecimalOut,
  currency: Type.String(),
  at: MomentOut,
  current: Type.Boolean({ description: 'The order is still what was accepted.' }),
})
export const AcceptBody = object({ name: oneLine(200, { minLength: 1, description: 'Who accepts.' }) })

export const PortalDocument = object({
  id: Id,
  kind: literals(portalKinds),
  number: nullable(Type.String()),
  state: Type.String(),
  status: nullable(
    Type.String({ description: 'Of an invoice how far it is paid, of an order how far delivered.' }),
  ),
  date: DateText,
  dueDate: nullable(DateText),
  expectedDate: nullable(DateText),
  reference: nullable(Type.String()),
  notes: nullable(Type.String()),
  currency: nullable(Type.String()),
  net: nullable(DecimalOut),
  tax: nullable(DecimalOut),
  gross: nullable(DecimalOut),
  paid: nullable(DecimalOut),
  openAmount: nullable(DecimalOut),
  discount: nullable(
    object(
      { before: DecimalOut, percent: nullable(DecimalOut), amount: DecimalOut },
      { description: 'On the whole document: what the lines come to, and what is taken off it.' },
    ),
  ),
  taxes: Type.Array(
    object({
      name: Type.String(),
      rate: DecimalOut,
      tax: DecimalOut,
      exemptionReason: nullable(Type.String({ description: 'Why the rate is 0.' })),
    }),
  ),
  lines: Type.Array(
    object({
      id: Id,
      sku: nullable(Type.String()),
      description: Type.String(),
      quantity: DecimalOut,
      unit: Type.String(),
      unitPrice: nullable(DecimalOut),
      discountPercent: DecimalOut,
      discount: nullable({
        ...DecimalOut,
        description: 'What is taken off the line, where no per cent says it.',
      } as typeof DecimalOut),
      amount: nullable({
        ...DecimalOut,
        description: 'As it is printed: a discount on the whole document is taken off below the lines.',
      } as typeof DecimalOut),
      delivered: nullable(DecimalOut),
    }),
  ),
  canAccept: Type.Boolean(),
  accepted: nullable(object({ name: Type.String(), at: MomentOut })),
  disputes: Type.Array(object(dispute)),
})
export type PortalDocument = Static<typeof PortalDocument>

export const PortalOut = object({
  company: object({ name: Type.String(), email: nullable(Type.String()), phone: nullable(Type.String()) }),
  customer: Type.String(),
  language: literals(['en', 'pl']),
  today: DateText,
  document: nullable(
    object({ id: Id, kind: literals(portalKinds) }, { description: 'Null: a link to all of a customer.' }),
  ),
  openItems: Type.Array(
    object({
      id: Id,
      number: Type.String(),
      date: DateText,
      dueDate: DateText,
      currency: Type.String(),
      gross: DecimalOut,
      openAmount: DecimalOut,
    }),
  ),
  pay: object({ stripe: Type.Boolean(), test: Type.Boolean() }, { description: 'How can be paid online.' }),
})

export const BankOut = object({
  transfer: nullable(
    object({
      name: Type.String(),
      bank: nullable(Type.String()),
      account: Type.String(),
      plainAccount: Type.String(),
      bic: nullable(Type.String()),
      title: Type.String(),
      code: nullable(
        Type.Array(Type.Array(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 })), {
          description: 'Runs of dark squares, row by row: [start, length].',
        }),
      ),
    }),
  ),
})

export const PayBody = object({
  provider: literals(providers),
  documents: Type.Array(
    object({
      id: Id,
      amount: optional({
        ...PositiveDecimalText,
        description: 'Left out: all that is open.',
      } as typeof PositiveDecimalText),
    }),
    { minItems: 1, maxItems: 50 },
  ),
})
export const PayOut = object({
  id: Id,
  url: Type.String({
    description:
      'Where the customer pays; of the test provider the page of the link, without the name of the server.',
  }),
})
export const PaymentParams = Type.Object({ token: Type.String({ maxLength: 100 }), paymentId: Id })
export const PaymentStateOut = object({
  id: Id,
  provider: literals(providers),
  state: literals(states),
  amount: DecimalOut,
  currency: Type.String(),
})
export const TestBody = object({ outcome: literals(['paid', 'failed']) })

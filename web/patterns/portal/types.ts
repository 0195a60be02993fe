import type { Static } from 'typebox'
import type { OnlinePaymentOut, OnlineRefundOffer } from '../../../src/online-payments/routes.ts'
import type { AcceptanceOut, DisputeOut, LinkMade, LinkOut, UseOut } from '../../../src/portal/schemas.ts'
import type { Json } from '../../api/index.ts'

export type Link = Json<Static<typeof LinkOut>>
export type MadeLink = Json<Static<typeof LinkMade>>
export type Use = Json<Static<typeof UseOut>>
export type Dispute = Json<Static<typeof DisputeOut>>
export type Acceptance = Json<Static<typeof AcceptanceOut>>
export type RefundOffer = Json<Static<typeof OnlineRefundOffer>>
export type OnlinePayment = Json<Static<typeof OnlinePaymentOut>>

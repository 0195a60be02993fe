import type { ApprovalOut } from '../../src/automation/approvals/schema.ts'
import type { NoticeOut } from '../../src/automation/notices/schema.ts'
import type { ScheduleOut } from '../../src/automation/recurring/schema.ts'
import type { RuleOut, RunOut } from '../../src/automation/rules/schema.ts'
import type { DeliveryOut, WebhookOut } from '../../src/automation/webhooks/schema.ts'
import type { Static, TSchema } from 'typebox'
import type { CountSheetItem, CountSheetOut } from '../../src/counts/schemas.ts'
import type { CurrencyOut } from '../../src/catalogue/currencies/schema.ts'
import type { RateOut } from '../../src/catalogue/exchange-rates/schema.ts'
import type { LotOut } from '../../src/catalogue/lots/schema.ts'
import type { PriceBookItem, PriceBookOut } from '../../src/catalogue/price-books/schema.ts'
import type { ProductOut } from '../../src/catalogue/products/schema.ts'
import type { TaxOut } from '../../src/catalogue/taxes/schema.ts'
import type { LocationOut, WarehouseOut } from '../../src/catalogue/warehouses/schema.ts'
import type { Changes } from '../../src/documents/schemas.ts'
import type { SearchOut } from '../../src/documents/search.ts'
import type { ViewOut } from '../../src/documents/views.ts'
import type { KeyOut } from '../../src/identity/api-keys/schema.ts'
import type { CompanyNameOut, CompanyOut } from '../../src/identity/companies/schema.ts'
import type { EventOut } from '../../src/identity/events/schema.ts'
import type { Me as MeSchema } from '../../src/identity/me.ts'
import type { UserOut } from '../../src/identity/users/schema.ts'
import type { InvoiceListItem, InvoiceOut } from '../../src/invoices/schemas.ts'
import type { PaymentListItem, PaymentOut } from '../../src/invoices/payments/schemas.ts'
import type { Chain as ChainSchema } from '../../src/journal/links.ts'
import type { MailItem, MailOut } from '../../src/mail/schema.ts'
import type { OrderListItem, OrderOut } from '../../src/orders/schemas.ts'
import type { PartyListItem, PartyOut } from '../../src/parties/schema.ts'
import type { ProposalOut } from '../../src/replenishment/proposals/schema.ts'
import type { ReorderLevelOut } from '../../src/replenishment/reorder-levels/schema.ts'
import type { SetupOut } from '../../src/setup/schema.ts'
import type { ShipmentListItem, ShipmentOut } from '../../src/shipments/schemas.ts'
import type { LevelOut } from '../../src/stock/levels/schema.ts'
import type { MoveOut } from '../../src/stock/moves/schema.ts'
import type { ProductStockOut } from '../../src/stock/products/schema.ts'
import type { ReservationItem, ReservationOut } from '../../src/stock/reservations/schemas.ts'
import type { Json } from './json.ts'

/** What the schema of the server says, as it arrives in JSON. */
type Of<S extends TSchema> = Json<Static<S>>
interface Same<S extends TSchema> {
  item: Of<S>
  one: Of<S>
}
interface Kind<Item extends TSchema, One extends TSchema> {
  item: Of<Item>
  one: Of<One>
}
type Order = Kind<typeof OrderListItem, typeof OrderOut>
type Shipment = Kind<typeof ShipmentListItem, typeof ShipmentOut>
type Invoice = Kind<typeof InvoiceListItem, typeof InvoiceOut>

/**
 * Every resource of the API by the name in its path: what a row of its list and what one of it looks like.
 * The types are the server's own schemas, so a field that the server drops no longer compiles here.
 */
export interface Resources {
  'sales-orders': Order
  'purchase-orders': Order
  'delivery-notes': Shipment
  'receipt-notes': Shipment
  'sales-returns': Shipment
  'purchase-returns': Shipment
  'stock-adjustments': Shipment
  'stock-transfers': Shipment
  invoices: Invoice
  bills: Invoice
  'credit-notes': Invoice
  'vendor-credits': Invoice
  payments: Kind<typeof PaymentListItem, typeof PaymentOut>
  'stock-reservations': Kind<typeof ReservationItem, typeof ReservationOut>
  'stock-counts': Kind<typeof CountSheetItem, typeof CountSheetOut>
  'stock/products': Same<typeof ProductStockOut>
  'stock/levels': Same<typeof LevelOut>
  'stock/moves': Same<typeof MoveOut>
  products: Same<typeof ProductOut>
  parties: Kind<typeof PartyListItem, typeof PartyOut>
  warehouses: Same<typeof WarehouseOut>
  locations: Same<typeof LocationOut>
  lots: Same<typeof LotOut>
  taxes: Same<typeof TaxOut>
  currencies: Same<typeof CurrencyOut>
  'exchange-rates': Same<typeof RateOut>
  'reorder-levels': Same<typeof ReorderLevelOut>
  approvals: Same<typeof ApprovalOut>
  recurring: Same<typeof ScheduleOut>
  'purchase-proposals': Same<typeof ProposalOut>
  'price-books': Kind<typeof PriceBookItem, typeof PriceBookOut>
  users: Same<typeof UserOut>
  'api-keys': Same<typeof KeyOut>
  events: Same<typeof EventOut>
  webhooks: Same<typeof WebhookOut>
  'webhook-deliveries': Same<typeof DeliveryOut>
  rules: Same<typeof RuleOut>
  'rule-runs': Same<typeof RunOut>
  notices: Same<typeof NoticeOut>
  mails: Kind<typeof MailItem, typeof MailOut>
  views: Same<typeof ViewOut>
}

export type Resource = keyof Resources
export type ItemOf<R extends Resource> = Resources[R]['item']
export type OneOf<R extends Resource> = Resources[R]['one']

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Null at the end of the list. */
  readonly nextCursor: string | null
}
export interface Count {
  readonly count: number
  /** True when there are more than were counted. */
  readonly capped: boolean
}

export type Me = Of<typeof MeSchema>
export type Company = Of<typeof CompanyOut>
export type CompanyName = Of<typeof CompanyNameOut>
export type Setup = Of<typeof SetupOut>
export type Chain = Of<typeof ChainSchema>
export type Preview = Of<typeof Changes>
export type SearchHit = Of<typeof SearchOut>['items'][number]

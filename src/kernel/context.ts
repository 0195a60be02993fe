import type { CalendarDate } from './dates.ts'
import type { Decimal } from './decimal.ts'
import type { LinkScope } from './transaction.ts'

/** Who acts: a signed-in person, an API key, or the system itself (a job, the command line). */
export interface Actor {
  readonly type: 'user' | 'key' | 'system'
  readonly id: string
  readonly name: string
}

/** The company's settings that operations decide by; read with the principal, once per request. */
export interface Company {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly currency: string
  /** Decimals of the company currency. */
  readonly minorDigits: number
  readonly timeZone: string
  readonly country: string | null
  readonly language: string
  readonly taxRounding: 'document' | 'line'
  readonly pricesIncludeTax: boolean
  readonly backOrders: boolean
  readonly salesTolerancePercent: Decimal
  readonly purchaseTolerancePercent: Decimal
  readonly overpayment: 'refuse' | 'credit'
  readonly reservationMinutes: number
  readonly paymentTermDays: number
  readonly matchPriceTolerancePercent: Decimal
  readonly matchQuantityTolerancePercent: Decimal
  /** A person who signs in needs a second factor. */
  readonly requireSecondFactor: boolean
  /** Made with demo data. */
  readonly demo: boolean
}

/** What every operation gets to know besides its input. */
export interface Context {
  readonly company: Company
  readonly actor: Actor
  readonly role: string
  /** What the caller may do, as `area:verb`; the routes ask it, and whatever shows rows of several kinds. */
  readonly permissions: ReadonlySet<string>
  /** Set for a customer's login: the one party whose documents it may see. */
  readonly partyId: string | null
  /** Set for whoever comes by a customer's link: what it covers. */
  readonly link?: LinkScope | undefined
  /** The moment of the request, from the clock. */
  readonly now: Date
  /** The calendar date of `now` in the company's time zone (R14). */
  readonly today: CalendarDate
  readonly requestId: string
}

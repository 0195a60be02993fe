import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Principal } from '../../src/http/principal.ts'
import { defaultPatterns } from '../../src/journal/numbering.ts'
import type { Company } from '../../src/kernel/context.ts'
import { zero } from '../../src/kernel/decimal.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Database } from '../../src/kernel/transaction.ts'
import { type Role, permissionsOf } from '../../src/permissions.ts'

/** Somebody who can call the API in a test. */
export interface Caller {
  readonly role: Role
  readonly company: Company
  /** What signs its requests. */
  readonly headers: Readonly<Record<string, string>>
}

const currencies = [
  ['USD', 'US dollar', 2],
  ['EUR', 'Euro', 2],
  ['AUD', 'Australian dollar', 2],
  ['PLN', 'Polish zloty', 2],
  ['CZK', 'Czech koruna', 2],
  ['INR', 'Indian rupee', 2],
  ['CNY', 'Chinese yuan', 2],
  ['JPY', 'Japanese yen', 0],
  ['KWD', 'Kuwaiti dinar', 3],
] as const

/** Companies and sign-ins of a test database. */
export class Companies {
  readonly #ownerDb: Database
  readonly #signedIn = new Map<string, Principal>()

  constructor(ownerDb: Database) {
    this.#ownerDb = ownerDb
  }

  /** A company with currencies and number series. */
  async create(settings: Partial<Company> = {}): Promise<Company> {
    const id = newId()
    const company: Company = {
      id,
      slug: `company-${randomBytes(4).toString('hex')}`,
      name: 'Test company',
      currency: 'USD',
      minorDigits: 2,
      timeZone: 'Europe/Warsaw',
      country: null,
      language: 'en',
      taxRounding: 'document',
      pricesIncludeTax: false,
      backOrders: false,
      salesTolerancePercent: zero,
      purchaseTolerancePercent: zero,
      overpayment: 'refuse',
      reservationMinutes: 1440,
      paymentTermDays: 30,
      matchPriceTolerancePercent: zero,
      matchQuantityTolerancePercent: zero,
      ...settings,
    }
    const db = this.#ownerDb
    await db.query(
      `insert into companies (company_id, slug, name, currency, time_zone, back_orders, overpayment, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, now())`,
      [
        id,
        company.slug,
        company.name,
        company.currency,
        company.timeZone,
        company.backOrders,
        company.overpayment,
      ],
    )
    await db.query(
      `insert into currencies (company_id, code, name, minor_digits)
       select $1, c->>0, c->>1, (c->>2)::smallint from json_array_elements($2::json) c`,
      [id, JSON.stringify(currencies)],
    )
    await db.query(
      'insert into number_series (company_id, kind, pattern) select $1, key, value from json_each_text($2::json)',
      [id, JSON.stringify(defaultPatterns)],
    )
    return company
  }

  /** Somebody new with a role in the company. */
  async signIn(company: Company, role: Role, partyId: string | null = null): Promise<Caller> {
    const token = randomUUID()
    this.#signedIn.set(token, {
      company,
      actor: { type: 'key', id: newId(), name: `test ${role}` },
      role,
      partyId,
      permissions: permissionsOf[role],
    })
    return { role, company, headers: { authorization: `Bearer ${token}` } }
  }

  readonly authenticate = async (request: FastifyRequest): Promise<Principal | null> => {
    const { authorization, cookie } = request.headers
    const token = authorization
      ? /^Bearer (.+)$/.exec(authorization)?.[1]
      : /^session=(.+)$/.exec(cookie ?? '')?.[1]
    return token === undefined ? null : (this.#signedIn.get(token) ?? null)
  }
}

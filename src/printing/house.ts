import { json, sql, statement } from '../kernel/sql.ts'
import type { Context } from '../kernel/context.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { addressLines, type PrintedAddress } from './addresses.ts'
import type { Block } from './print-model.ts'
import type { Language } from './words.ts'

const selectHouse = statement(
  'select_printing_house',
  {
    name: 'text',
    taxNumber: 'text?',
    country: 'text?',
    address: json<PrintedAddress & { phone?: string; email?: string; website?: string }>(),
    bank: 'text?',
    account: 'text?',
    bic: 'text?',
    register: 'text?',
    note: 'text?',
    paper: 'text?',
    amountInWords: 'bool?',
    logo: 'text?',
  },
  (p: { companyId: string }) => sql`
    select c.name, c.tax_number, c.country, c.address, s.bank, s.account, s.bic, s.register, s.note, s.paper,
      s.amount_in_words, encode(s.logo, 'base64') as logo
    from companies c left join printing_settings s on s.company_id = c.company_id
    where c.company_id = ${p.companyId}`,
)

/** The company as its documents show it. */
export interface House {
  readonly name: string
  readonly taxNumber: string | null
  readonly country: string | null
  readonly address: PrintedAddress & { phone?: string; email?: string; website?: string }
  readonly bank: string | null
  /** IBAN or national account number, without spaces. */
  readonly account: string | null
  readonly bic: string | null
  /** Such as the register court and number; in the footer. */
  readonly register: string | null
  /** On invoices, below the totals. */
  readonly note: string | null
  /** 'a4' where nothing is said. */
  readonly paper: string | null
  readonly amountInWords: boolean | null
  /** Base64. */
  readonly logo: string | null
}

export function findHouse(tx: Transaction, ctx: Context): Promise<House> {
  return tx.one(selectHouse, { companyId: ctx.company.id })
}

export function houseBlock(house: House, heading: string, language: Language): Block {
  return {
    heading,
    name: house.name,
    lines: [
      ...addressLines(house.address, language, house.address.country ?? house.country),
      ...(house.taxNumber ? [`${language.word('taxNumber')} ${house.taxNumber}`] : []),
    ],
  }
}

export function footerOf(house: House, language: Language): string[] {
  const { address } = house
  const line = (parts: readonly (string | null | undefined)[]): string =>
    parts
      .filter((part): part is string => Boolean(part))
      .map((part) => language.apart(part))
      .join(' · ')
  const first = [
    house.name,
    ...addressLines(address, language, address.country ?? house.country),
    house.taxNumber ? `${language.word('taxNumber')} ${house.taxNumber}` : null,
  ]
  const second = [house.register, address.phone, address.email, address.website]
  return [line(first), line(second)].filter((each) => each !== '')
}

/** In groups of four, as accounts are read: PL61 1090 1014 …; a Polish number without its country 2 + 4 by 4. */
export function groupedAccount(account: string): string {
  const plain = account.replaceAll(/\s/g, '')
  const lead = /^\d{26}$/.test(plain) ? 2 : 0
  const groups = plain.slice(lead).match(/.{1,4}/g) ?? []
  return [plain.slice(0, lead), ...groups].filter(Boolean).join(' ')
}

import { strictSchema } from '../../http/strict-schema.ts'
import { Check } from '../../http/validation.ts'
import { difference } from '../../journal/events.ts'
import type { Address } from '../../kernel/postal-address.ts'
import {
  PartyBody,
  type PartyInput,
  type PartyRow,
  changeParty,
  completeParty,
  createParties,
  findPartiesByCodeOrName,
} from '../../parties/index.ts'
import type { Fault, Field, ImportRow, Importer, Outcome } from './importer.ts'
import { asFaults, forRecord, keepDecimals, valuesOf } from './records.ts'

const addressFields: readonly Field[] = [
  {
    name: 'line1',
    title: 'Street',
    type: 'text',
    names: ['Address', 'Billing street', 'Billing address', 'Ulica', 'Adres'],
  },
  { name: 'line2', title: 'Street 2', type: 'text' },
  {
    name: 'postalCode',
    title: 'Postal code',
    type: 'text',
    names: ['ZIP', 'Postcode', 'Billing code', 'Kod pocztowy'],
  },
  { name: 'city', title: 'City', type: 'text', names: ['Billing city', 'Miasto'] },
  {
    name: 'region',
    title: 'Region',
    type: 'text',
    names: ['State', 'Province', 'Billing state', 'Województwo'],
  },
  {
    name: 'country',
    title: 'Country',
    type: 'text',
    names: ['Billing country', 'Kraj'],
    description: 'ISO code of two letters, or the name in English.',
  },
]

const fields: readonly Field[] = [
  {
    name: 'code',
    title: 'Code',
    type: 'text',
    names: ['Customer id', 'Customer number', 'Vendor number', 'Account number', 'Kod'],
  },
  {
    name: 'name',
    title: 'Name',
    type: 'text',
    required: true,
    names: ['Company name', 'Company', 'Customer', 'Vendor', 'Organization name', 'Vendor name', 'Nazwa'],
  },
  { name: 'customer', title: 'Customer', type: 'boolean', names: ['Is customer', 'Klient'] },
  {
    name: 'vendor',
    title: 'Vendor',
    type: 'boolean',
    names: ['Supplier', 'Is supplier', 'Is vendor', 'Dostawca'],
  },
  {
    name: 'type',
    title: 'Type',
    type: 'choice',
    choices: { organisation: ['organization', 'company'], person: [] },
  },
  { name: 'currency', title: 'Currency', type: 'text', names: ['Waluta'] },
  { name: 'language', title: 'Language', type: 'text' },
  { name: 'email', title: 'E-mail', type: 'text', names: ['Email', 'Primary email', 'E-mail address'] },
  { name: 'phone', title: 'Phone', type: 'text', names: ['Primary phone', 'Telephone', 'Telefon'] },
  { name: 'website', title: 'Website', type: 'text', names: ['Web site', 'URL', 'WWW'] },
  { name: 'taxNumber', title: 'Tax number', type: 'text', names: ['VAT number', 'Tax ID', 'NIP', 'VAT ID'] },
  {
    name: 'paymentTermDays',
    title: 'Payment term (days)',
    type: 'integer',
    names: ['Payment terms', 'Payment days'],
  },
  { name: 'priceGroup', title: 'Price group', type: 'text' },
  { name: 'creditLimit', title: 'Credit limit', type: 'decimal' },
  ...addressFields,
  { name: 'notes', title: 'Notes', type: 'text', names: ['Description', 'Note', 'Uwagi'] },
]

const notEmptied = new Set(['name', 'type', 'customer', 'vendor'])
const addressNames = addressFields.map((field) => field.name)
const check = new Check(strictSchema(PartyBody), 'body')

/** Customers and vendors, known by their code, else by their name. */
export const partyImporter: Importer = {
  what: 'parties',
  title: 'customers and vendors',
  permission: 'parties:write',
  fields,
  key: ['name', 'code'],
  async save(tx, ctx, records) {
    const rows = records.map((record) => record.rows[0])
    const texts = (name: string): string[] =>
      rows.map((row) => row.values[name]).filter((value) => typeof value === 'string')
    const found = await findPartiesByCodeOrName(tx, ctx.company.id, texts('code'), texts('name'))
    const created: { index: number; input: PartyInput }[] = []
    const changes: Promise<void>[] = []
    const outcomes = rows.map((row, index): Outcome => {
      const known = partyOf(row, found)
      if ('faults' in known) return known
      const { before } = known
      const input = inputOf(row, before)
      if (input.roles.length === 0) {
        const message = 'is no, and so is vendor; a party is one of them or both'
        return { faults: [{ line: row.line, field: 'customer', message }] }
      }
      const problems = check.faults(input)
      if (problems.length > 0) {
        const here = problems.map((each) => ({
          ...each,
          pointer: each.pointer.replace(/^\/addresses\/\d+/, ''),
        }))
        return { faults: asFaults(row, here) }
      }
      if (before === null) {
        created.push({ index, input })
        return 'new'
      }
      const was = completeParty(before as unknown as PartyInput, '')
      const is = completeParty({ ...was, ...input } as PartyInput, '')
      const changed = difference(was, is).after
      if (Object.keys(changed).length === 0) return 'same'
      changes.push(forRecord(index, () => changeParty(tx, ctx, before.id, changed, null)))
      return 'changed'
    })
    if (created.length > 0) {
      createParties(
        tx,
        ctx,
        created.map(({ input }) => input),
        (i) => `/${created[i]!.index}`,
      )
    }
    await Promise.all(changes)
    return outcomes
  },
}

/** A code says which party it is; without one its name does, where only one has it. */
function partyOf(
  row: ImportRow,
  found: readonly PartyRow[],
): { before: PartyRow | null } | { faults: Fault[] } {
  const { code = null, name } = row.values
  if (code !== null) return { before: found.find((party) => party.code === code) ?? null }
  const named = found.filter((party) => party.name === name)
  if (named.length <= 1) return { before: named[0] ?? null }
  const message = `${named.length} parties have this name; give the code of the one that is meant.`
  return { faults: [{ line: row.line, field: 'name', message }] }
}

function inputOf(row: ImportRow, before: PartyRow | null): PartyInput {
  const { customer, vendor, ...values } = valuesOf(row, notEmptied) as Record<string, unknown>
  const was = before?.roles ?? []
  const roles = [
    ...((customer ?? (was.includes('customer') || (before === null && vendor !== true))) ? ['customer'] : []),
    ...((vendor ?? was.includes('vendor')) ? ['vendor'] : []),
  ]
  if (before !== null) keepDecimals(before as unknown as Record<string, unknown>, values, ['creditLimit'])
  const address = addressOf(values, before)
  for (const name of addressNames) delete values[name]
  return {
    ...values,
    name: String(row.values['name']),
    roles,
    ...(address && { addresses: address }),
  } as PartyInput
}

/** The billing address that the row says; other addresses stay. Null: it says nothing of one. */
function addressOf(values: Readonly<Record<string, unknown>>, before: PartyRow | null): Address[] | null {
  const said = Object.fromEntries(
    addressNames.filter((name) => name in values).map((name) => [name, values[name] ?? null]),
  ) as Partial<Address>
  if (Object.keys(said).length === 0) return null
  if (typeof said.country === 'string') Object.assign(said, { country: countryCode(said.country) })
  const were = before?.addresses ?? []
  const at = were.findIndex((address) => address.type === 'billing')
  if (at < 0 && Object.values(said).every((value) => value === null)) return null
  const empty = {
    name: null,
    line1: null,
    line2: null,
    city: null,
    region: null,
    postalCode: null,
    country: null,
  }
  const made: Address = { ...empty, type: 'billing', default: true, ...were[at], ...said }
  return at < 0 ? [...were, made] : were.with(at, made)
}

let codes: ReadonlyMap<string, string> | null = null

/** The code of a country from its English name; what is none stays as it is, and is refused. */
function countryCode(country: string): string {
  if (/^[A-Za-z]{2}$/.test(country) && country.toUpperCase() !== 'UK') return country.toUpperCase()
  codes ??= englishNames()
  return codes.get(country.toLowerCase()) ?? country
}

function englishNames(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
  // A code that was given up is spelled as the one that took its place.
  const inUse = letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => new Intl.Locale(`und-${code}`).region === code)
  const found = inUse.flatMap((code): [string, string][] => {
    const name = names.of(code)
    return name === undefined ? [] : [[name.toLowerCase(), code]]
  })
  return new Map([...found, ['usa', 'US'], ['uk', 'GB']])
}

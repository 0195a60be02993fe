import {
  ProductBody,
  type ProductInput,
  type ProductRow,
  changeProduct,
  completeProduct,
  createProducts,
  findAllTaxes,
  findProductsBySku,
} from '../../catalogue/index.ts'
import { strictSchema } from '../../http/strict-schema.ts'
import { Check } from '../../http/validation.ts'
import { difference } from '../../journal/events.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Fault, Field, ImportRow, Importer, Outcome } from './importer.ts'
import { asFaults, forRecord, keepDecimals, taxIdsOf, valuesOf } from './records.ts'

const fields: readonly Field[] = [
  {
    name: 'sku',
    title: 'SKU',
    type: 'text',
    required: true,
    names: [
      'Product code',
      'Product number',
      'Part number',
      'Item number',
      'Code',
      'Reference',
      'Article',
      'Kod',
      'Kod produktu',
      'Indeks',
    ],
    description: 'The code by which products are known. Zeros in front stay.',
  },
  {
    name: 'name',
    title: 'Name',
    type: 'text',
    required: true,
    names: ['Product name', 'Title', 'Nazwa', 'Nazwa produktu'],
  },
  { name: 'description', title: 'Description', type: 'text', names: ['Short description', 'Opis'] },
  {
    name: 'type',
    title: 'Type',
    type: 'choice',
    choices: {
      stocked: ['stock', 'product', 'goods', 'simple', 'towar'],
      service: ['services', 'virtual', 'usługa'],
    },
  },
  {
    name: 'tracking',
    title: 'Tracking',
    type: 'choice',
    choices: { none: ['no'], lot: ['lots', 'batch'], serial: ['serials', 'serial number'] },
  },
  { name: 'valuation', title: 'Valuation', type: 'choice', choices: { average: ['avco'], fifo: [] } },
  {
    name: 'unit',
    title: 'Unit',
    type: 'text',
    names: ['Units', 'Usage unit', 'Unit of measure', 'Jednostka', 'J.m.'],
  },
  {
    name: 'packs',
    title: 'Packs',
    type: 'text',
    description:
      'Other units, such as "box=12; pallet=480 (5901234123457)": how many base units one is, and its barcode.',
  },
  {
    name: 'barcode',
    title: 'Barcode',
    type: 'text',
    names: ['EAN', 'EAN13', 'GTIN', 'UPC', 'GTIN, UPC, EAN, or ISBN', 'Kod kreskowy'],
  },
  { name: 'cnCode', title: 'CN code', type: 'text', names: ['CN', 'Tariff code', 'HS code', 'Kod CN'] },
  { name: 'pkwiuCode', title: 'PKWiU', type: 'text', names: ['PKWiU code', 'Kod PKWiU'] },
  { name: 'gtuCode', title: 'GTU', type: 'text', names: ['GTU code', 'Kod GTU'] },
  {
    name: 'category',
    title: 'Category',
    type: 'text',
    names: ['Categories', 'Product category', 'Kategoria'],
  },
  {
    name: 'salesPrice',
    title: 'Sales price',
    type: 'decimal',
    names: ['Price', 'Unit price', 'Regular price', 'List price', 'Cena', 'Cena sprzedaży'],
  },
  {
    name: 'purchasePrice',
    title: 'Purchase price',
    type: 'decimal',
    names: ['Cost', 'Cost price', 'Purchase cost', 'Wholesale price', 'Cena zakupu'],
  },
  {
    name: 'taxes',
    title: 'Taxes',
    type: 'text',
    names: ['Tax', 'Sales taxes'],
    description: 'Names of taxes on sales, parted by semicolons.',
  },
  {
    name: 'purchaseTaxes',
    title: 'Purchase taxes',
    type: 'text',
    description: 'Names of taxes on purchases, parted by semicolons.',
  },
  { name: 'weight', title: 'Weight', type: 'decimal', names: ['Weight (kg)', 'Waga'] },
  { name: 'tolerancePercent', title: 'Tolerance %', type: 'decimal' },
  { name: 'notes', title: 'Notes', type: 'text', names: ['Note', 'Uwagi'] },
]

/** An empty cell of these says nothing; of all others it says that there is none. */
const notEmptied = new Set(['name', 'type', 'tracking', 'valuation', 'unit'])
const decimals = ['salesPrice', 'purchasePrice', 'weight', 'tolerancePercent'] as const
const check = new Check(strictSchema(ProductBody), 'body')

type Taxes = ReadonlyMap<string, string>

/** Products, known by their sku. */
export const productImporter: Importer = {
  what: 'products',
  title: 'products',
  permission: 'products:write',
  fields,
  key: ['sku'],
  async save(tx, ctx, records) {
    const rows = records.map((record) => record.rows[0])
    const companyId = ctx.company.id
    const [known, allTaxes] = await Promise.all([
      findProductsBySku(
        tx,
        companyId,
        rows.map((row) => String(row.values['sku'])),
      ),
      findAllTaxes(tx, companyId),
    ])
    const taxes: Taxes = new Map([...allTaxes.values()].map((tax) => [tax.name.toLowerCase(), tax.id]))
    const created: { index: number; input: ProductInput }[] = []
    const changes: Promise<void>[] = []
    const outcomes = rows.map((row, index): Outcome => {
      const before = known.get(String(row.values['sku']).normalize('NFC')) ?? null
      const read = inputOf(row, before, taxes)
      if ('faults' in read) return read
      const { input } = read
      if (before === null) {
        created.push({ index, input })
        return 'new'
      }
      // Compared as it would be written.
      const was = completeProduct(before as unknown as ProductInput, '')
      const is = completeProduct({ ...before, ...input } as unknown as ProductInput, '')
      if (Object.keys(difference(was, is).after).length === 0) return 'same'
      const { sku: _, ...changed } = input
      changes.push(forRecord(index, () => changeProduct(tx, ctx, before.id, changed, null)))
      return 'changed'
    })
    await Promise.all([
      ...changes,
      created.length > 0 &&
        createProducts(
          tx,
          ctx,
          created.map(({ input }) => input),
          (i) => `/${created[i]!.index}`,
        ),
    ])
    return outcomes
  },
}

/** What a row says of a product, held to the rules of the API. */
function inputOf(
  row: ImportRow,
  before: ProductRow | null,
  taxes: Taxes,
): { input: ProductInput } | { faults: Fault[] } {
  const fault = (field: string, message: string): { faults: Fault[] } => ({
    faults: [{ line: row.line, field, message }],
  })
  const { taxes: sales, purchaseTaxes, packs, ...rest } = valuesOf(row, notEmptied)
  const values: Record<string, unknown> = rest
  for (const [field, target, names] of [
    ['taxes', 'taxIds', sales],
    ['purchaseTaxes', 'purchaseTaxIds', purchaseTaxes],
  ] as const) {
    if (names === undefined) continue
    const found = taxIdsOf(names as string | null, taxes)
    if ('unknown' in found) {
      return fault(
        field,
        `There is no tax '${found.unknown}'. There are: ${[...taxes.keys()].join(', ') || 'none yet'}.`,
      )
    }
    values[target] = found.ids
  }
  if (packs !== undefined) {
    const units = packsOf(packs as string | null)
    if ('wrong' in units)
      return fault('packs', `'${units.wrong}' is not of the form "box=12" or "box=12 (barcode)"`)
    values['units'] = units.units
  }
  if (before !== null) keepDecimals(before as unknown as Record<string, unknown>, values, decimals)
  else if (values['name'] === undefined) return fault('name', 'is empty, but a new product needs a name')
  const problems = check.faults(before === null ? values : { ...values, name: values['name'] ?? before.name })
  if (problems.length > 0) return { faults: asFaults(row, problems) }
  try {
    completeProduct({ ...before, ...values } as unknown as ProductInput, '')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { faults: asFaults(row, error.errors) }
  }
  return { input: values as ProductInput }
}

interface Pack {
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly barcode: string | null
}

function packsOf(cell: string | null): { units: Pack[] } | { wrong: string } {
  const units: Pack[] = []
  for (const part of (cell ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    const found = /^([^=]+)=\s*(\d{1,10})(?:\/(\d{1,10}))?\s*(?:\(([^()]*)\))?$/.exec(part)
    if (found === null) return { wrong: part }
    const [, unit, numerator, denominator, barcode] = found
    units.push({
      unit: unit!.trim(),
      numerator: Number(numerator),
      denominator: Number(denominator ?? 1),
      barcode: barcode?.trim() || null,
    })
  }
  return { units }
}

/** The packs of a product as a cell, to be read by `packsOf`. */
export function packsCell(units: readonly Pack[]): string {
  return units
    .map(({ unit, numerator, denominator, barcode }) => {
      const ratio = denominator === 1 ? String(numerator) : `${numerator}/${denominator}`
      return `${unit}=${ratio}${barcode === null ? '' : ` (${barcode})`}`
    })
    .join('; ')
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asSource, importFile } from '../support/import-file.ts'
import { type Shop, openShop } from '../support/shop.ts'

describe('S35 Import with comma decimals, semicolons and quoted text', () => {
  let shop: Shop
  let made = 0
  let sku: string
  beforeAll(async () => {
    shop = await openShop()
  })
  beforeEach(() => {
    sku = `A-${++made}`
  })
  afterAll(() => shop.close())

  const product = async (code: string) =>
    (await shop.api('GET', `/products?sku=${encodeURIComponent(code)}`)).items[0]!
  const prices = { sku: '#1', salesPrice: '#2', name: '#1' }
  const stock = { sku: '#1', quantity: '#3', unitCost: '#2' }

  it.each([
    { format: 'comma', line: ';12,50;1.000,75', proposed: { delimiter: ';', decimalSign: ',' } },
    { format: 'point', line: ',12.50,1000.75', proposed: { delimiter: ',', decimalSign: '.' } },
  ])('price 12.50 and quantity 1000.75 in $format format; two cost 25.00', async ({ line, proposed }) => {
    const file = asSource(`${sku}${line}\n`)
    const read = await importFile(shop, 'products', file, { mapping: prices })
    expect(read).toMatchObject({
      created: 1,
      failed: 0,
      applied: true,
      format: { ...proposed, header: false },
    })
    expect(await importFile(shop, 'opening-stock', file, { mapping: stock })).toMatchObject({ created: 1 })
    const { id, salesPrice } = await product(sku)
    expect(salesPrice).toBe('12.50')
    expect(await shop.figures(id, ['onHand'])).toEqual(['1000.75'])
    const order = await shop.order([{ productId: id, quantity: '2' }])
    expect(order['totals']).toMatchObject({ net: '25' })
  })

  it.each([
    { decimalSign: ',', value: '1.000' },
    { decimalSign: '.', value: '1000' },
  ] as const)('1,000 with the decimal sign $decimalSign is $value', async ({ decimalSign, value }) => {
    const file = asSource(`sku;name;price\n${sku};Thing;1,000\n`)
    // As the browser does: the file is sent, and before anything is kept the answer shows how it would be read.
    const sent = await fetch(`${shop.base}/api/v1/imports?what=products&name=file.csv`, {
      method: 'POST',
      headers: { ...shop.owner.headers, 'content-type': 'application/octet-stream' },
      body: `sku;name;price\n${sku};Thing;1,000\n`,
    })
    expect(sent.status).toBe(201)
    const { id } = (await sent.json()) as { id: string }
    const preview = await shop.api('PATCH', `/imports/${id}`, { format: { decimalSign } })
    expect(preview['sample']).toMatchObject([{ values: { salesPrice: { value, fault: null } } }])
    expect(await product(sku)).toBeUndefined()

    const { format } = await importFile(shop, 'products', file, { format: { decimalSign } })
    expect(format).toMatchObject({ delimiter: ';', decimalSign })
    expect(Number((await product(sku))['salesPrice'])).toBe(Number(value))
  })

  it('a quoted field with a separator and a line break is one field', async () => {
    const file = asSource(`SKU;Name;Price\r\n${sku};"Bolt; M8\nzinc";1,25\r\n`)
    expect(await importFile(shop, 'products', file)).toMatchObject({ created: 1 })
    expect(await product(sku)).toMatchObject({ name: 'Bolt; M8\nzinc', salesPrice: '1.25' })
  })

  it('zeros in front of a code stay, and a byte order mark hides no column', async () => {
    const file = asSource('\ufeffSKU;Name\n00042;Washer\n')
    expect(await importFile(shop, 'products', file)).toMatchObject({ created: 1 })
    expect(await product('00042')).toMatchObject({ sku: '00042', name: 'Washer' })
  })

  it('a price that is no number is told with its line, and nothing is kept', async () => {
    const file = asSource(`SKU;Name;Price\n${sku};"Two\nlines";1,00\n${sku}x;Bolt;12,5x\n`)
    const refused = await importFile(shop, 'products', file)
    expect(refused).toMatchObject({
      applied: false,
      failed: 1,
      faults: [{ line: 4, field: 'salesPrice', message: "'12,5x' is not a number with a decimal comma" }],
    })
    expect(await product(sku)).toBeUndefined()
    expect(await importFile(shop, 'products', file, { atFault: 'skip' })).toMatchObject({
      applied: true,
      created: 1,
      failed: 1,
    })
    expect(await product(sku)).toMatchObject({ salesPrice: '1.00' })
    expect(await product(`${sku}x`)).toBeUndefined()
  })

  it('the same file again changes nothing; a saved note leaves 162.75 on hand', async () => {
    const file = asSource(`SKU;Name;Unit;Quantity;Cost\n${sku};Floor;m2;162,75;8,10\n`)
    await importFile(shop, 'products', file)
    await importFile(shop, 'opening-stock', file)
    for (const what of ['products', 'opening-stock']) {
      const again = await importFile(shop, what, file)
      expect(again).toMatchObject({ created: 0, changed: 0, same: 1, failed: 0 })
    }
    const { id } = await product(sku)
    await shop.api('PATCH', `/products/${id}`, { notes: 'Keep dry' })
    expect(await shop.figures(id, ['onHand'])).toEqual(['162.75'])
  })
})

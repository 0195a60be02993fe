import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBatches } from '../../src/printing/index.ts'
import { tax } from '../support/figures.ts'
import { archiveLevel, pagesOf, printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** Spaces of figures and lines are of several kinds; a test compares words. */
const words = async (pdf: Promise<Uint8Array>): Promise<string> =>
  (await textOf(await pdf)).replaceAll(/\s+/g, ' ')

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('printing', () => {
  let trade: Trade
  let customerId: string
  let taxId: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'PLN', name: 'Zielona Łąka' } })
    taxId = await tax(trade, '23')
    const address = { type: 'billing', line1: 'ul. Gęsia 12', postalCode: '00-950', city: 'Warszawa' }
    const party = { name: 'Żółw s.c.', roles: ['customer'], language: 'pl', addresses: [address] }
    customerId = (await trade.api('POST', '/parties', party)).id
  })
  afterAll(() => trade.close())

  const pdf = (path: string): Promise<Uint8Array> => printed(trade, path)
  const posted = async (description = 'Work') => {
    const lines = [{ description, quantity: '2', unitPrice: '1200.50', taxIds: [taxId] }]
    const draft = await trade.api('POST', '/invoices', { partyId: customerId, lines })
    return trade.act(`/invoices/${draft.id}/post`)
  }

  it('speaks the language of the customer, or the one that is asked for', async () => {
    const invoice = await posted()
    const polish = await words(pdf(`/invoices/${invoice.id}/pdf`))
    for (const text of ['Faktura', invoice.number!, 'Żółw s.c.', 'Razem brutto 2 953,23 zł', 'Strona 1 z 1'])
      expect(polish).toContain(text)
    const english = await words(pdf(`/invoices/${invoice.id}/pdf?language=en`))
    for (const text of ['Invoice', 'Total PLN 2,953.23', 'Page 1 of 1']) expect(english).toContain(text)
  })

  it('says why goods were rejected in the language of the paper', async () => {
    const product = await trade.product({ name: 'Lamp' })
    const order = await trade.buy([{ productId: product, quantity: '4', unitPrice: '5' }])
    const received = await trade.followAndPost('purchase-orders', order, 'receipt-notes', {
      lines: [
        { sourceLineId: order.lines[0]!.id, quantity: '3', rejectedQuantity: '1', reason: 'short-dated' },
      ],
    })
    const paper = (language: string) => words(pdf(`/receipt-notes/${received.id}/pdf?language=${language}`))
    expect(await paper('pl')).toContain('Przyczyna: krótki termin')
    expect(await paper('zh')).toContain('临近到期')
  })

  it('prints every kind, with what belongs to it and without prices where goods move', async () => {
    const product = await trade.product({ name: 'Lamp', salesPrice: '77.70' })
    await trade.stock(product, '10')
    const order = await trade.sell([{ productId: product, quantity: '3' }], { partyId: customerId })
    expect(await words(pdf(`/sales-orders/${order.id}/pdf?language=en`))).toContain('Not an invoice')
    const delivery = await trade.followAndPost('sales-orders', order, 'delivery-notes', {
      lines: [{ sourceLineId: order.lines[0]!.id, quantity: '2' }],
    })
    const note = await words(pdf(`/delivery-notes/${delivery.id}/pdf?language=en`))
    expect(note).toContain('Ordered Quantity Still to come Unit')
    expect(note).toMatch(/Lamp 3 2 1 pcs/)
    expect(note).not.toContain('77')
    const picks = await words(pdf(`/delivery-notes/${delivery.id}/pdf?language=en&form=pick-list`))
    expect(picks).toContain('Pick list')
    expect(picks).toContain('Quantity Unit Code Picked')
    const invoice = await trade.invoice(order)
    const paid = await trade.pay(invoice, { amount: '100' })
    const receipt = await words(pdf(`/payments/${paid.id}/pdf?language=en`))
    expect(receipt).toContain(`Invoice ${invoice.number} 100.00`)
    expect(receipt).toContain('Amount received PLN 100.00')
    const credit = await trade.creditNote(invoice, {
      reason: 'Broken',
      lines: [{ sourceLineId: invoice.lines[0]!.id, quantity: '1' }],
    })
    const correction = await words(pdf(`/credit-notes/${credit.id}/pdf?language=en`))
    for (const text of [
      `${invoice.number}`,
      'Before 3 pcs 77.70 233.10',
      'After 2 155.40',
      'Difference -1 -77.70',
      'Total difference -PLN 77.70',
      'To return',
      'Broken',
    ])
      expect(correction).toContain(text)
    const back = await trade.takeBack(delivery)
    expect(await words(pdf(`/sales-returns/${back.id}/pdf?language=en`))).toContain('restocked')
    const statement = await words(pdf(`/parties/${customerId}/statement/pdf?language=en`))
    expect(statement).toContain(`Credit note ${credit.number}`)

    const bought = await trade.buy([{ productId: product, quantity: '4', unitPrice: '5' }])
    expect(await words(pdf(`/purchase-orders/${bought.id}/pdf?language=en`))).toContain('Ship to')
    const received = await trade.receive(bought)
    expect(await words(pdf(`/receipt-notes/${received.id}/pdf?language=en`))).toContain(
      'Expected Accepted Rejected',
    )
    const bill = await trade.bill(bought)
    expect(await words(pdf(`/bills/${bill.id}/pdf?language=en`))).toContain('Bill')
    expect(await words(pdf(`/products/${product}/label/pdf?copies=2`))).toMatch(/Lamp.*Lamp/)
  })

  it('speaks Arabic and Hebrew from right to left, with mirrored columns, and Chinese', async () => {
    await trade.api('PATCH', '/print-settings', { account: '61109010140000071219812874' })
    const invoice = await posted('Desk')
    const placed = async (language: string) => {
      const [page] = await pagesOf(await pdf(`/invoices/${invoice.id}/pdf?language=${language}`))
      const text = page!.lines.map((line) => line.text.normalize('NFKC')).join('\n')
      const at = (wanted: string) => page!.pieces.find((each) => each.text.includes(wanted))!.x
      return { text: text.replaceAll(/[ \u00a0]+/g, ' '), isMirrored: at('Desk') > at('2,401.00') }
    }
    for (const [language, words] of [
      ['ar', ['فاتورة', 'المستحق', 'PLN 2,953.23']],
      ['he', ['חשבונית', 'לתשלום', 'PLN 2,953.23']],
    ] as const) {
      const { text, isMirrored } = await placed(language)
      expect(isMirrored, language).toBe(true)
      for (const word of words) expect(text).toContain(word)
      // The groups of an account stay in their order, which figures among right-to-left words do not by themselves.
      expect(text).toContain('61 1090 1014 0000 0712 1981 2874')
    }
    const { text, isMirrored } = await placed('zh')
    expect(isMirrored).toBe(false)
    for (const word of ['发票', '总计', 'PLN 2,953.23']) expect(text).toContain(word)
    // A customer's language is enough.
    const { id } = await trade.api('POST', '/parties', { name: 'النور', roles: ['customer'], language: 'ar' })
    const lines = [{ description: 'x', quantity: '1', unitPrice: '1' }]
    const draft = await trade.api('POST', '/invoices', { partyId: id, lines })
    expect((await words(pdf(`/invoices/${draft.id}/pdf`))).normalize('NFKC')).toContain('فاتورة')
  })

  it('names GTIN, CN, PKWiU and GTU of a line, also to the customer, and refuses what is none', async () => {
    for (const wrong of [{ cnCode: '84713' }, { pkwiuCode: '26-20' }, { gtuCode: 'GTU_14' }])
      expect((await trade.refused('/products', { sku: 'X', name: 'X', ...wrong })).code).toBe('invalid-code')
    const codes = { cnCode: '8471 30 00', pkwiuCode: '26.20.11.0', gtuCode: 'gtu_06' }
    const units = [{ unit: 'box', numerator: 12, barcode: '10614141000415' }]
    const product = await trade.product({
      sku: 'L-1',
      name: 'Laptop',
      barcode: '5901234123457',
      units,
      ...codes,
    })
    expect(await trade.api('GET', `/products/${product}`)).toMatchObject({
      cnCode: '84713000',
      gtuCode: 'GTU_06',
    })
    const lines = [
      { productId: product, quantity: '1', unitPrice: '100' },
      { productId: product, quantity: '1', unit: 'box', unitPrice: '1000' },
    ]
    const draft = await trade.api('POST', '/invoices', { partyId: customerId, lines, discountPercent: '10' })
    const { id } = await trade.act(`/invoices/${draft.id}/post`)
    const text = await words(pdf(`/invoices/${id}/pdf?language=en`))
    const rest = '· CN 84713000 · PKWiU 26.20.11.0 · GTU_06'
    expect(text).toContain(`L-1 · GTIN 5901234123457 ${rest}`)
    expect(text).toContain(`L-1 · GTIN 10614141000415 ${rest}`)
    // A discount on the whole is taken off below the lines, not within them.
    for (const part of ['Sum of lines 1,100.00', 'Discount 10% -110.00', 'Net 990.00'])
      expect(text).toContain(part)
    const customer = await trade.signInAs('customer', { partyId: customerId })
    const answer = await fetch(`${trade.base}/api/v1/invoices/${id}/pdf?language=en`, {
      headers: customer.headers,
    })
    expect(Buffer.from(await answer.arrayBuffer()).equals(await pdf(`/invoices/${id}/pdf?language=en`))).toBe(
      true,
    )
    const order = await trade.buy([{ productId: product, quantity: '1', unitPrice: '5' }])
    await trade.api('PATCH', `/products/${product}`, {
      vendors: [{ partyId: order['partyId'], code: 'V-99' }],
    })
    expect(await words(pdf(`/purchase-orders/${order.id}/pdf?language=en`))).toContain('Vendor’s code V-99')
  })

  it('says of a draft that it is one, and keeps no copy of it', async () => {
    const draft = await trade.api('POST', '/invoices', {
      partyId: customerId,
      lines: [{ description: 'x', quantity: '1', unitPrice: '1' }],
    })
    expect(await words(pdf(`/invoices/${draft.id}/pdf?language=en`))).toContain('DRAFT')
    expect((await trade.refused(`/invoices/${draft.id}/pdfs`)).code).toBe('not-final')
  })

  it('prints again, byte for byte, what was handed over, whatever changed since', async () => {
    const invoice = await posted()
    const kept = await trade.act(`/invoices/${invoice.id}/pdfs`)
    const before = Buffer.from(await pdf(`/invoices/${invoice.id}/pdf`))
    await trade.pay(invoice, { amount: '10' })
    await trade.api('PATCH', '/company', { name: 'Another Name' })
    const again = Buffer.from(await pdf(`/invoices/${invoice.id}/pdf`))
    expect(again.equals(before)).toBe(true)
    expect((await trade.act(`/invoices/${invoice.id}/pdfs`)).id).toBe(kept.id)
    const { items } = await trade.api('GET', `/invoices/${invoice.id}/pdfs`)
    expect(items.map((each) => each.id)).toEqual([kept.id])
    // Another language was never handed over: it says what is so now.
    expect(await words(pdf(`/invoices/${invoice.id}/pdf?language=en`))).toContain('Another Name')
    const other = await posted()
    // Nor by way of another document, or of a kind that the caller may read.
    for (const path of [`/invoices/${other.id}`, `/delivery-notes/${invoice.id}`])
      await trade.api('GET', `${path}/pdfs/${kept.id}`, undefined, { expect: 404 })
  })

  it('prints many into one file in the background, and says which could not be', async () => {
    const invoices = [await posted('First'), await posted('Second'), await posted('Third')]
    const { id: missing } = await trade.api('POST', '/invoices', {
      partyId: customerId,
      lines: [{ description: 'Draft', quantity: '1', unit: 'pcs', unitPrice: '1' }],
    })
    const ids = [...invoices.map(({ id }) => id), missing]
    await trade.api('POST', '/invoices/print-batches', { ids: [...ids, randomUUID()] }, { expect: 422 })
    const batch = await trade.api('POST', '/invoices/print-batches', { ids, language: 'en' })
    await trade.api('DELETE', `/invoices/${missing}`)
    expect(batch).toMatchObject({ state: 'waiting', printed: 0, total: 4 })
    await runBatches(trade.db)
    const done = await trade.api('GET', `/invoices/print-batches/${batch.id}`)
    expect(done).toMatchObject({ state: 'done', printed: 4, pages: 3, failures: [{ id: missing }] })
    expect(await words(pdf(`/invoices/print-batches/${batch.id}/pdf`))).toMatch(/First.*Second.*Third/)
    expect((await trade.api('GET', `/invoices/${invoices[0]!.id}/pdfs`)).items).toMatchObject([
      { language: 'en' },
    ])
    await trade.api('GET', `/bills/print-batches/${batch.id}`, undefined, { expect: 404 })
    const [lamp, chair] = [await trade.product({ name: 'Lamp' }), await trade.product({ name: 'Chair' })]
    const labels = await fetch(`${trade.base}/api/v1/products/labels/pdf`, {
      method: 'POST',
      headers: { ...trade.owner.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        lines: [
          { productId: lamp, copies: 2 },
          { productId: chair, copies: 1 },
        ],
      }),
    })
    expect(await words(labels.arrayBuffer().then((bytes) => new Uint8Array(bytes)))).toMatch(
      /Lamp.*Lamp.*Chair/,
    )
  })

  it('lets a customer print its own documents and nobody else’s', async () => {
    const own = await posted()
    const customer = await trade.signInAs('customer', { partyId: customerId })
    const strangerId = await trade.customer('Stranger')
    const stranger = await trade.signInAs('customer', { partyId: strangerId })
    await trade.act(`/invoices/${own.id}/pdfs`)
    const ask = async (headers: Readonly<Record<string, string>>, path: string) =>
      (await fetch(`${trade.base}/api/v1${path}`, { headers })).status
    expect(await ask(customer.headers, `/invoices/${own.id}/pdf`)).toBe(200)
    expect(await ask(customer.headers, `/invoices/${own.id}/pdf?language=en`)).toBe(200)
    expect(await ask(customer.headers, `/parties/${customerId}/statement/pdf`)).toBe(200)
    expect(await ask(stranger.headers, `/invoices/${own.id}/pdf`)).toBe(404)
    expect(await ask(stranger.headers, `/parties/${customerId}/statement/pdf`)).toBe(404)
    const company = await trade.newCompany()
    expect(await ask(company.headers, `/invoices/${own.id}/pdf`)).toBe(404)
  })

  it('prints the logo on every document, and the total in words where that is asked for', async () => {
    const send = (bytes: Uint8Array) =>
      fetch(`${trade.base}/api/v1/print-settings/logo`, {
        method: 'PUT',
        headers: { ...trade.owner.headers, 'content-type': 'application/octet-stream' },
        body: Buffer.from(bytes),
      })
    const svg = (inside: string) =>
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`)
    for (const wrong of [
      Buffer.from('%PDF-1.7'),
      Buffer.from('<html><svg></svg></html>'),
      Buffer.concat([onePixel.subarray(0, 40), Buffer.alloc(20)]),
      svg('<script>alert(1)</script>'),
      svg('<rect onclick="x()"/>'),
      svg('<image href="http://example.com/a.png"/>'),
      svg('<image href="file:///etc/passwd"/>'),
    ]) {
      const answer = await send(wrong)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'not-a-logo'])
    }
    expect((await send(Buffer.alloc(600_000))).status).toBe(413)
    const invoice = await posted()
    const plain = await pdf(`/invoices/${invoice.id}/pdf`)
    for (const right of [onePixel, svg('<rect width="9" height="9" fill="#123456"/>')]) {
      const saved = (await (await send(right)).json()) as { logo: { type: string }; version: number }
      const printed = await pdf(`/invoices/${invoice.id}/pdf`)
      expect(Buffer.from(printed).equals(plain)).toBe(false)
      expect(archiveLevel(printed)).toBe('3 A')
      const back = await fetch(`${trade.base}/api/v1/print-settings/logo`, { headers: trade.owner.headers })
      expect(back.headers.get('content-type')).toBe(saved.logo.type)
      expect(back.headers.get('content-security-policy')).toContain('sandbox')
      expect(back.headers.get('content-disposition')).toContain('attachment')
      expect(Buffer.from(await back.arrayBuffer()).equals(right)).toBe(true)
    }
    await trade.api('DELETE', '/print-settings/logo')
    await trade.api('PATCH', '/print-settings', { amountInWords: true })
    expect(await words(pdf(`/invoices/${invoice.id}/pdf`))).toContain(
      'Słownie: dwa tysiące dziewięćset pięćdziesiąt trzy 23/100 PLN',
    )
    await trade.api('PATCH', '/print-settings', { amountInWords: false })
    expect(Buffer.from(await pdf(`/invoices/${invoice.id}/pdf`)).equals(plain)).toBe(true)
  })

  it('prints Thai, Hindi and emoji, and what no font has with a replacement that it tells of', async () => {
    const clean = await posted('ภาษาไทย हिन्दी ქართული Հայերեն 😀 👩‍🔧 ✓')
    const answer = await fetch(`${trade.base}/api/v1/invoices/${clean.id}/pdf`, {
      headers: trade.owner.headers,
    })
    expect(answer.headers.get('zapas-replaced-signs')).toBeNull()
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(archiveLevel(bytes)).toBe('3 A')
    expect(await textOf(bytes)).toContain('😀')
    // Ethiopic and Syriac have no font here, a private sign none anywhere; the last two have one each and
    // none together. Alone, the second would end the process that prints.
    const invoice = await posted('Coffee ሀለ ܫܠܡܐ \ue000 ก\u0940')
    const poor = await fetch(`${trade.base}/api/v1/invoices/${invoice.id}/pdf`, {
      headers: trade.owner.headers,
    })
    expect(poor.headers.get('zapas-replaced-signs')).toMatch(/U\+1200, U\+1208.*U\+072B.*U\+E000/)
    const printed = new Uint8Array(await poor.arrayBuffer())
    expect(await textOf(printed)).toContain('Coffee ��')
    expect(archiveLevel(printed)).toBe('3 A')
    const kept = await trade.act(`/invoices/${invoice.id}/pdfs`)
    expect(kept['replacedSigns']).toEqual(expect.arrayContaining(['ሀ', 'ለ', '\ue000']))
    const again = await fetch(`${trade.base}/api/v1/invoices/${invoice.id}/pdf`, {
      headers: trade.owner.headers,
    })
    expect(again.headers.get('zapas-replaced-signs')).toContain('U+1200')
  })

  it('refuses an account whose check digits do not add up', async () => {
    const change = (account: string) => trade.refused('/print-settings', { account }, { method: 'PATCH' })
    expect((await change('PL61 1090 1014 0000 0712 1981 2875')).code).toBe('invalid-account')
    const saved = await trade.api('PATCH', '/print-settings', {
      account: 'PL61 1090 1014 0000 0712 1981 2874',
    })
    expect(saved['account']).toBe('PL61109010140000071219812874')
    expect(await words(pdf(`/invoices/${(await posted()).id}/pdf`))).toContain(
      'PL61 1090 1014 0000 0712 1981 2874',
    )
  })
})

describe('a template', () => {
  let trade: Trade
  let invoiceId: string
  beforeAll(async () => {
    trade = await openTrade()
    const draft = await trade.api('POST', '/invoices', {
      partyId: trade.customerId,
      lines: [{ description: 'Work', quantity: '1', unitPrice: '1' }],
    })
    invoiceId = (await trade.act(`/invoices/${draft.id}/post`)).id
  })
  afterAll(() => trade.close())

  const attempt = (source: string) =>
    trade.refused('/templates/invoice/try', { source, documentId: invoiceId })
  const text = (): Promise<string> => words(printed(trade, `/invoices/${invoiceId}/pdf`))

  it('is tried on a document, saved as a version, and reset', async () => {
    const first = await trade.api('GET', '/templates/invoice')
    expect(first).toMatchObject({ version: 1, changed: false, versions: [] })
    const source = `${String(first['source'])}\n#align(center)[Thank you for #doc.number]`
    const tried = await fetch(`${trade.base}/api/v1/templates/invoice/try`, {
      method: 'POST',
      headers: { ...trade.owner.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ source, documentId: invoiceId }),
    })
    expect(await textOf(new Uint8Array(await tried.arrayBuffer()))).toContain('Thank you for')
    expect(await text()).not.toContain('Thank you for')
    await trade.api('PATCH', '/templates/invoice', { source }, { ifMatch: 1 })
    expect(await text()).toContain('Thank you for')
    await trade.api('PATCH', '/templates/invoice', { source: 'x' }, { ifMatch: 1, expect: 412 })
    await trade.act('/templates/invoice/reset')
    expect(await text()).not.toContain('Thank you for')
    const last = await trade.api('GET', '/templates/invoice')
    expect(last).toMatchObject({ version: 3, changed: false })
    expect(last['versions']).toMatchObject([{ source: null }, { source }])
  })

  it('of a language is printed in that language only', async () => {
    const { source } = await trade.api('GET', '/templates/invoice?language=pl')
    const own = `${String(source)}\n#align(center)[Dziękujemy]`
    await trade.api('PATCH', '/templates/invoice?language=pl', { source: own }, { ifMatch: 1 })
    const polish = () => words(printed(trade, `/invoices/${invoiceId}/pdf?language=pl`))
    expect(await polish()).toContain('Dziękujemy')
    expect(await text()).not.toContain('Dziękujemy')
    const { items } = await trade.api('GET', '/templates')
    expect(
      (items as readonly unknown[] as { form: string }[]).filter(({ form }) => form === 'invoice'),
    ).toMatchObject([
      { language: 'any', changed: false },
      { language: 'pl', changed: true, version: 2 },
    ])
    await trade.act('/templates/invoice/reset?language=pl')
    expect(await polish()).not.toContain('Dziękujemy')
    for (const [form, documentId] of [
      ['statement', trade.customerId],
      ['product-label', await trade.product({ name: 'Lamp' })],
    ] as const) {
      const refused = await trade.refused(`/templates/${form}/try`, { source: '#oops', documentId })
      expect(refused).toMatchObject({ code: 'template-fails', faults: [{ line: 1 }] })
    }
  })

  it('that fails says why and in which line', async () => {
    const { code, detail } = await attempt('#let a = 1\n#unknown-thing')
    expect(code).toBe('template-fails')
    expect(detail).toContain('line 2: unknown variable: unknown-thing')
  })

  it('reads nothing outside its folder and nothing from the network', async () => {
    for (const path of ['/etc/passwd', '../fonts.ts', '../../../package.json', '/../routes.ts']) {
      const { code, detail } = await attempt(`#read("${path}")`)
      expect(code).toBe('template-fails')
      expect(detail).toMatch(/not found|access denied|outside of project root/)
    }
    for (const name of ['"@preview/tablex:0.0.8"', '("@pre" + "view/tablex:0.0.8")', '"@local/x:1.0.0"']) {
      const { code, detail } = await attempt(`#import ${name}: *`)
      expect(code).toBe('template-fails')
      expect(detail).toMatch(/package/)
    }
  })

  it('without end is given up, and the next document is printed', { timeout: 60_000 }, async () => {
    const [slow, fat] = await Promise.all([
      // Not `while`: that one Typst itself ends after ten thousand rounds, on a fast machine before our limit.
      attempt('#let n = 0\n#for i in range(100000) { for j in range(100000) { n += calc.rem(j, 7) } }'),
      attempt('#let x = ("0123456789" * 1000,)\n#while x.len() > 0 { x = x + x.map(s => s + "x") }'),
    ])
    expect([slow.code, fat.code]).toEqual(['template-too-slow', 'template-too-slow'])
    expect(await text()).toContain('Invoice')
  })
})

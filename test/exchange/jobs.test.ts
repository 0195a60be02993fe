import { setTimeout as pause } from 'node:timers/promises'
import { deflateRawSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runImports, workbook } from '../../src/exchange/index.ts'
import { cleanUp } from '../../src/automation/index.ts'
import { setClock } from '../../src/kernel/clock.ts'
import type { Caller } from '../support/companies.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Import {
  readonly id: string
  readonly state: string
  readonly message: string | null
  readonly sample: readonly {
    readonly values: Record<string, { value: string | null; fault: string | null }>
  }[]
}

/** Imports as the browser makes them: a file is sent, looked at, tried, run, and what was left out is fetched. */
describe('imports in the background', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterEach(() => setClock(null))
  afterAll(() => shop.close())

  const send = async (what: string, content: string | Buffer, as: Caller = shop.owner, key?: string) => {
    const response = await fetch(`${shop.base}/api/v1/imports?what=${what}&name=file.csv`, {
      method: 'POST',
      headers: {
        ...as.headers,
        'content-type': 'application/octet-stream',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: content as string,
    })
    return {
      status: response.status,
      json: (await response.json()) as Import & { readonly code?: string; readonly detail?: string },
    }
  }
  const sent = async (what: string, content: string) => {
    const { status, json } = await send(what, content)
    expect(json).toMatchObject({ what, state: 'ready' })
    expect(status).toBe(201)
    return json
  }
  const read = async (id: string) => (await shop.api('GET', `/imports/${id}`)) as unknown as Import
  const run = async (id: string, action: 'check' | 'run', body?: object) => {
    if (body !== undefined) await shop.api('PATCH', `/imports/${id}`, body)
    expect(await shop.api('POST', `/imports/${id}/${action}`)).toMatchObject({
      state: 'waiting',
      progress: 0,
    })
    await runImports(shop.db)
    return read(id)
  }
  const count = async (table: string) =>
    (await shop.ownerDb.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n

  it('is stopped on request: nothing is kept of all or nothing, and what was written stays otherwise', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => `STOP-${i},Part ${i}`)
    const made = await sent('products', ['SKU,Name', ...rows].join('\n'))
    const known = async () => (await count('products')) - before
    const before = await count('products')
    /** Stops it while it is read: after its first batch, which is told of when it is there. */
    const stopped = async (atFault: string) => {
      await shop.api('PATCH', `/imports/${made.id}`, { atFault })
      await shop.api('POST', `/imports/${made.id}/run`)
      const running = runImports(shop.db)
      while (((await shop.api('GET', `/imports/${made.id}`)) as unknown as { rows: number }).rows === 0)
        await pause(5)
      const answer = await shop.api('POST', `/imports/${made.id}/stop`)
      expect(answer).toMatchObject({ state: 'stopped' })
      await running
      return read(made.id)
    }
    expect(await stopped('nothing')).toMatchObject({ state: 'stopped' })
    expect(await known()).toBe(0)
    const partly = await stopped('skip')
    expect(partly).toMatchObject({ state: 'stopped', created: await known() })
    expect(await known()).toBeGreaterThan(0)
    expect(await known()).toBeLessThan(2500)
    const idle = await shop.api('POST', `/imports/${made.id}/stop`, undefined, { expect: 409 })
    expect(idle).toMatchObject({ code: 'wrong-state' })
    // Again from the beginning: what is there is the same.
    expect(await run(made.id, 'run')).toMatchObject({ state: 'done' })
    expect(await known()).toBe(2500)
  })

  it('proposes, shows how values are read, tries, tells faults by row and field, and keeps all or nothing', async () => {
    const file = 'Kod;Nazwa;Cena;Waga\nI-1;Śruba;1,000;2\nI-2;=1+1;12,5x;1\nI-3;;7;1\nI-4;Nut;8;1\n'
    const made = await sent('products', file)
    expect(made).toMatchObject({
      format: { kind: 'csv', delimiter: ';', decimalSign: ',', encoding: 'utf-8', header: true },
      columns: ['Kod', 'Nazwa', 'Cena', 'Waga'],
      mapping: { sku: 'Kod', name: 'Nazwa', salesPrice: 'Cena', weight: 'Waga' },
      missing: [],
      preset: null,
    })
    expect(made.sample[0]).toMatchObject({
      line: 2,
      cells: ['I-1', 'Śruba', '1,000', '2'],
      values: { salesPrice: { value: '1.000', fault: null } },
    })
    expect(made.sample[1]!.values['salesPrice']!.fault).toBe("'12,5x' is not a number with a decimal comma")
    const pointed = await shop.api('PATCH', `/imports/${made.id}`, { format: { decimalSign: '.' } })
    expect((pointed as unknown as Import).sample[0]!.values['salesPrice']!.value).toBe('1000')
    const before = await count('products')
    const checked = await run(made.id, 'check', { format: { decimalSign: ',' } })
    expect(checked).toMatchObject({
      state: 'checked',
      created: 2,
      failed: 2,
      rows: 4,
      progress: 100,
      dryRun: true,
    })
    const { items } = await shop.api('GET', `/imports/${made.id}/faults`)
    expect(items).toEqual([
      { line: 3, field: 'salesPrice', message: "'12,5x' is not a number with a decimal comma" },
      { line: 4, field: 'name', message: 'is empty, but a new product needs a name' },
    ])
    expect(await run(made.id, 'run')).toMatchObject({
      state: 'refused',
      created: 2,
      failed: 2,
      dryRun: false,
    })
    expect(await count('products')).toBe(before)
    expect(await run(made.id, 'run', { atFault: 'skip' })).toMatchObject({
      state: 'done',
      created: 2,
      failed: 2,
    })
    expect(await count('products')).toBe(before + 2)
    // As they stand in the file, made harmless, and to be sent again once they are right.
    const rejected = await shop.send('GET', `/imports/${made.id}/rejected`)
    expect(rejected.headers.get('content-disposition')).toContain('file - rejected.csv')
    expect(rejected.text.replace('\ufeff', '').split('\r\n')).toEqual([
      'Kod;Nazwa;Cena;Waga;Errors',
      "I-2;'=1+1;12,5x;1;Cena '12,5x' is not a number with a decimal comma",
      'I-3;;7;1;Nazwa is empty, but a new product needs a name',
      '',
    ])
    const right = rejected.text.replace('12,5x', '12,5').replace('I-3;;', 'I-3;Pin;')
    const again = await sent('products', right)
    expect(await run(again.id, 'run')).toMatchObject({ state: 'done', created: 2, failed: 0 })
    expect((await shop.api('GET', '/products?sku=I-2')).items[0]).toMatchObject({
      name: '=1+1',
      salesPrice: '12.5',
    })
    // What is done cannot be changed or done again.
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/run'],
      ['POST', '/check'],
    ] as const) {
      const { status, json } = await shop.send(
        method,
        `/imports/${made.id}${path}`,
        method === 'PATCH' ? {} : undefined,
      )
      expect([status, json.code]).toEqual([409, 'wrong-state'])
    }
  })

  it('names the column at fault where the stock of a service is told', async () => {
    await shop.product({ sku: 'SERVICE', type: 'service' })
    const made = await sent('opening-stock', 'Kod;Stan\nSERVICE;5\n')
    expect(await run(made.id, 'check')).toMatchObject({ failed: 1 })
    const { items } = await shop.api('GET', `/imports/${made.id}/faults`)
    expect(items).toEqual([{ line: 2, field: 'sku', message: expect.stringContaining('service') as string }])
    const rejected = await shop.send('GET', `/imports/${made.id}/rejected`)
    expect(rejected.text.split('\r\n')[1]).toMatch(/^SERVICE;5;"Kod SERVICE is a service;/)
  })

  it('remembers the columns that were chosen, for each company and kind of rows', async () => {
    const head = 'Artikel,Bezeichnung,Menge\n'
    const made = await sent('products', `${head}R-1,Uno,5\n`)
    expect(made).toMatchObject({ mapping: {}, missing: ['sku', 'name'] })
    const unmapped = await shop.send('POST', `/imports/${made.id}/check`)
    expect([unmapped.status, unmapped.json.code]).toEqual([422, 'mapping-wrong'])
    const wrong = await shop.send('PATCH', `/imports/${made.id}`, { mapping: { sku: 'Nichts' } })
    expect([wrong.status, wrong.json['errors']]).toMatchObject([422, [{ pointer: '/mapping/sku' }]])
    const mapping = { sku: 'Artikel', name: 'Bezeichnung' }
    expect(await run(made.id, 'run', { mapping })).toMatchObject({ state: 'done', created: 1 })
    expect(await sent('products', `${head}R-2,Due,5\n`)).toMatchObject({ mapping, missing: [] })
    expect(await sent('products', 'Bezeichnung,Price,Artikel\nDue,5,R-2\n')).toMatchObject({
      mapping: { ...mapping, salesPrice: 'Price' },
    })
    const other = await shop.newCompany()
    const strange = await send('products', `${head}R-2,Due,5\n`, other)
    expect(strange.json).toMatchObject({ mapping: {} })
  })

  it('sent or run twice is done once; nobody changes what is being read', async () => {
    const [one, two] = await Promise.all([
      send('products', 'SKU,Name\nT-1,Once\n', shop.owner, 'import-twice'),
      send('products', 'SKU,Name\nT-1,Once\n', shop.owner, 'import-twice'),
    ])
    const kept = [one, two].filter(({ status }) => status === 201)
    expect(new Set(kept.map(({ json }) => json.id)).size).toBe(1)
    const id = kept[0]!.json.id
    const answers = await Promise.all([1, 2, 3].map(() => shop.send('POST', `/imports/${id}/run`)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    for (const method of ['PATCH', 'DELETE'] as const) {
      const { status } = await shop.send(
        method,
        `/imports/${id}`,
        method === 'PATCH' ? { atFault: 'skip' } : undefined,
      )
      expect(status).toBe(409)
    }
    await Promise.all([runImports(shop.db), runImports(shop.db)])
    expect(await read(id)).toMatchObject({ state: 'done', created: 1 })
    const stale = await shop.send('DELETE', `/imports/${id}`, undefined, { headers: { 'if-match': '"1"' } })
    expect(stale.status).toBe(412)
    await shop.api('DELETE', `/imports/${id}`, undefined, { expect: 204 })
    expect(await count(`import_pieces where import_id = '${id}'`)).toBe(0)
  })

  it.each(['skip', 'nothing'] as const)(
    'killed in the middle, it goes on and makes nothing twice (%s)',
    async (atFault) => {
      const rows = Array.from(
        { length: 2500 },
        (_, i) => `K-${atFault}-${i},${i % 500 === 7 && atFault === 'skip' ? '' : `Name ${i}`}`,
      )
      const { id } = await sent('products', `SKU,Name\n${rows.join('\n')}\n`)
      await shop.api('PATCH', `/imports/${id}`, { atFault })
      await shop.api('POST', `/imports/${id}/run`)
      // The first process gets as far as its second batch, and its connection is cut.
      const cutter = (async () => {
        for (;;) {
          await pause(5)
          const { rows: at } = await shop.ownerDb.query<{ row_count: number }>(
            'select row_count from imports where id = $1',
            [id],
          )
          if (at[0]!.row_count < 1000) continue
          await shop.ownerDb.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and usename <> current_user and state <> 'idle' and pid <> pg_backend_pid()`,
          )
          return
        }
      })()
      await runImports(shop.db).catch(() => {})
      await cutter
      const made = async () => count(`products where sku like 'K-${atFault}-%'`)
      const there = await made()
      if ((await read(id)).state === 'running') {
        expect(there % 1000 === 0 || atFault === 'skip').toBe(true)
        // Nobody takes it up before its time is over.
        await runImports(shop.db)
        expect(await made()).toBe(there)
        setClock(new Date(Date.now() + 120_000))
        await runImports(shop.db)
      }
      const failed = atFault === 'skip' ? 5 : 0
      expect(await read(id)).toMatchObject({
        state: 'done',
        created: 2500 - failed,
        failed,
        rows: 2500,
        same: 0,
      })
      expect(await made()).toBe(2500 - failed)
      const events = await count(
        `events where type = 'product.created' and after ->> 'sku' like 'K-${atFault}-%'`,
      )
      expect(events).toBe(2500 - failed)
      const { items } = await shop.api('GET', `/imports/${id}/faults`)
      expect(items.map((each) => each['line'])).toEqual(failed === 0 ? [] : [9, 509, 1009, 1509, 2009])
    },
  )

  it('tells what holds between rows of different batches, and files that cannot be read', async () => {
    await shop.product({ sku: 'SERIAL', tracking: 'serial', purchasePrice: '5' })
    await shop.warehouse('FAR')
    // One serial number in two warehouses; what is not there, and shall not be, lies between.
    const nothing = Array.from({ length: 1000 }, (_, i) => `SERIAL,FAR,Z-${i},0`)
    const { id } = await sent(
      'opening-stock',
      ['SKU,Warehouse,Serial,Quantity', 'SERIAL,,N-1,1', ...nothing, 'SERIAL,FAR,N-1,1'].join('\n'),
    )
    expect(await run(id, 'run')).toMatchObject({ state: 'refused', failed: 1 })
    const { items } = await shop.api('GET', `/imports/${id}/faults`)
    expect(items).toMatchObject([{ line: 1002, field: null }])
    expect(items[0]!['message']).toContain('From this line on: Serial number N-1')
    expect((await send('products', 'SKU,Name\nB-1,"never closed\n')).json).toMatchObject({
      code: 'broken-file',
    })
    const good = Array.from({ length: 300 }, (_, i) => `B-${i},Name`).join('\n')
    const broken = await sent('products', `SKU,Name\n${good}\nB-X,"never closed\n`)
    const failed = await run(broken.id, 'check')
    expect(failed).toMatchObject({ state: 'failed' })
    expect(failed.message).toContain('Line 302')
  })

  it('reads workbooks, but none that would fill the memory', async () => {
    const name = { value: '=1+1', type: String }
    const sheet = await workbook(
      ['SKU', 'Name', 'Price'],
      [[{ value: '00042', type: String }, name, { value: 2.5, type: Number }]],
    )
    const { json } = await send('products', sheet)
    expect(json).toMatchObject({
      format: { kind: 'xlsx', sheet: 1 },
      mapping: { sku: 'SKU', salesPrice: 'Price' },
    })
    expect(await run(json.id, 'run')).toMatchObject({ state: 'done', created: 1, progress: 100 })
    expect((await shop.api('GET', '/products?sku=00042')).items).toMatchObject([
      { name: '=1+1', salesPrice: '2.5' },
    ])
    const header = Buffer.alloc(30)
    header.write('PK\x03\x04', 'latin1')
    header.writeUInt16LE(8, 8)
    const bomb = Buffer.concat([header, deflateRawSync(Buffer.alloc(150 * 1024 * 1024))])
    expect(bomb.length).toBeLessThan(200_000)
    const refused = await send('products', bomb)
    expect(refused.json).toMatchObject({ code: 'broken-file' })
    expect(refused.json.detail).toContain('128 MiB')
  })

  it('is for those who may write what is in the file, and for no other company', async () => {
    const { id } = await sent('products', 'SKU,Name\nP-1,Private\n')
    const seller = await shop.signInAs('sales')
    const kinds = await shop.api('GET', '/imports/kinds', undefined, { as: seller })
    expect(kinds.items.map((each) => each['what'])).toEqual([
      'parties',
      'contacts',
      'price-books',
      'sales-orders',
    ])
    expect((await send('products', 'SKU,Name\nP-2,No\n', seller)).status).toBe(403)
    expect((await shop.send('POST', `/imports/${id}/run`, undefined, { as: seller })).status).toBe(403)
    expect((await shop.api('GET', '/imports', undefined, { as: seller })).items).toEqual([])
    const other = await shop.newCompany()
    for (const path of ['', '/faults', '/rejected'])
      expect((await shop.send('GET', `/imports/${id}${path}`, undefined, { as: other })).status).toBe(404)
    expect((await shop.send('POST', `/imports/${id}/run`, undefined, { as: other })).status).toBe(404)
    expect((await send('nothing', 'a,b\n')).json).toMatchObject({ code: 'invalid-request' })
    const big = await send('products', 'x'.repeat(50 * 1024 * 1024 + 1))
    expect(big.status).toBe(413)
    expect(big.json.detail).toContain('50 MiB')
    setClock(new Date(Date.now() + 15 * 86_400_000))
    await cleanUp(shop.db)
    expect(await count('imports')).toBe(0)
    expect(await count('import_pieces')).toBe(0)
  })
})

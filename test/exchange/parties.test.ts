import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSource, importFile } from '../support/import-file.ts'
import { sharedData } from '../support/shared-data.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

describe('import of parties', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  const party = async (code: string) => (await app.api('GET', `/parties?code=${code}`)).items[0]!

  it('reads roles, terms and the billing address, and leaves what no column speaks of', async () => {
    const first = asSource(
      'Code,Name,Vendor,NIP,Payment terms,Street,City,Country\nV-1,Łódzka Hurtownia,tak,PL725,14,Źródlana 5,Łódź,Poland\nC-1,Ann,,,,,,\n',
    )
    expect(await importFile(app, 'parties', first)).toMatchObject({ created: 2, failed: 0 })
    expect(await party('V-1')).toMatchObject({
      roles: ['vendor'],
      taxNumber: 'PL725',
      paymentTermDays: 14,
      addresses: [{ type: 'billing', line1: 'Źródlana 5', city: 'Łódź', country: 'PL', default: true }],
    })
    expect(await party('C-1')).toMatchObject({ roles: ['customer'], addresses: [] })
    expect(await importFile(app, 'parties', first)).toMatchObject({ changed: 0, same: 2 })
    const second = asSource('Code,Name,City,E-mail\nV-1,Łódzka Hurtownia,Pabianice,a@example.com\n')
    expect(await importFile(app, 'parties', second)).toMatchObject({ changed: 1 })
    expect(await party('V-1')).toMatchObject({
      roles: ['vendor'],
      email: 'a@example.com',
      taxNumber: 'PL725',
      addresses: [{ line1: 'Źródlana 5', city: 'Pabianice' }],
    })
  })

  it('tells every fault with its line and field', async () => {
    const file = asSource(
      'Code,Name,E-mail,Currency,Country\nX-1,One,not an address,USD,Poland\nX-2,Two,,usd,\nX-3,Three,,,Atlantis\nX-4,Four,,XAU,\nX-4,Four,,,\n',
    )
    const report = await importFile(app, 'parties', file, { dryRun: true })
    expect(report).toMatchObject({ created: 0, failed: 5, applied: false })
    expect(report.faults.map(({ line, field }) => [line, field])).toEqual([
      [2, 'email'],
      [3, 'currency'],
      [4, 'country'],
      [5, 'currency'],
      [6, 'name'],
    ])
  })

  it('reads the customers of Northwind and the companies of InvenTree as they are', async (test) => {
    const northwind = readFileSync(join(sharedData(test, 'northwind'), 'customers.csv'))
    expect(await importFile(app, 'parties', asSource(northwind))).toMatchObject({ created: 91, failed: 0 })
    expect(await party('ALFKI')).toMatchObject({
      name: 'Alfreds Futterkiste',
      addresses: [{ line1: 'Obere Str. 57', city: 'Berlin', postalCode: '12209', country: 'DE' }],
    })
    expect(await importFile(app, 'parties', asSource(northwind))).toMatchObject({ same: 91, changed: 0 })
    // A manufacturer that is neither customer nor vendor is nobody whom one trades with.
    const inventree = readFileSync(join(sharedData(test, 'inventree'), 'company.csv'), 'utf8')
    const neither = inventree.match(/,false,false,(true|false),\w{3}$/gm)!.length
    const report = await importFile(app, 'parties', asSource(inventree), { atFault: 'skip' })
    expect(report).toMatchObject({ rows: 36, failed: neither, created: 36 - neither })
    expect(new Set(report.faults.map(({ field }) => field))).toEqual(new Set(['customer']))
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { asSource, importFile } from '../support/import-file.ts'
import { sharedData } from '../support/shared-data.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

describe('import of exchange rates', () => {
  let app: TestApp
  afterEach(() => app.close())

  const rate = async (currency: string, date: string) =>
    (await app.api('GET', `/exchange-rates?currency=${currency}&date=${date}`)).items[0]?.['rate']
  /** Rates that a day of the table gives. */
  const count = async (date: string) => (await app.api('GET', `/exchange-rates/count?date=${date}`))['count']

  it('reads the table of the NBP: comma decimals, windows-1250, złoty for a number of units', async (test) => {
    app = await startTestApp({ company: { currency: 'PLN' } })
    const file = readFileSync(join(sharedData(test, 'rates'), 'nbp-archiwum_tab_a_2024.csv'))
    const report = await importFile(app, 'exchange-rates', asSource(file))
    expect(report).toMatchObject({
      applied: true,
      failed: 0,
      format: { encoding: 'windows-1250', delimiter: ';', decimalSign: ',', header: true },
    })
    expect(report.created + report.ignored).toBe(252 * 33)
    expect(await rate('USD', '2024-12-31')).toBe('4.1012')
    expect(await rate('EUR', '2024-12-31')).toBe('4.273')
    expect(Number(await rate('HUF', '2024-01-02'))).toBe(0.011365)
    expect(Number(await rate('IDR', '2024-01-02'))).toBe(0.00025489)
    const again = await importFile(app, 'exchange-rates', asSource(file))
    expect(again).toMatchObject({ created: 0, changed: 0, same: report.created })
  })

  it('reads the table of the ECB: units of a currency for one euro', async (test) => {
    app = await startTestApp({ company: { currency: 'EUR' } })
    const file = readFileSync(join(sharedData(test, 'rates'), 'ecb-eurofxref-2025.csv'))
    const report = await importFile(app, 'exchange-rates', asSource(file))
    expect(report).toMatchObject({ applied: true, failed: 0 })
    expect(report.created + report.ignored).toBe(255 * 30)
    // 1 / 1.172
    expect(await rate('USD', '2025-06-30')).toBe('0.8532423208')
    expect(await count('2025-06-30')).toBeGreaterThan(20)
  })

  it('crosses the euro for a company of another currency, and reads a row for each rate', async (test) => {
    app = await startTestApp({ company: { currency: 'PLN' } })
    const file = readFileSync(join(sharedData(test, 'rates'), 'ecb-eurofxref-2025.csv'))
    await importFile(app, 'exchange-rates', asSource(file))
    expect(await rate('EUR', '2025-06-30')).toBe('4.2423')
    // 4.2423 / 1.172
    expect(await rate('USD', '2025-06-30')).toBe('3.6197098976')
    const rows = asSource('Date;Currency;Rate\n30.06.2025;USD;3,62\n01.07.2025;USD;0\n01.07.2025;usd;3,6\n')
    const report = await importFile(app, 'exchange-rates', rows, { atFault: 'skip' })
    expect(report).toMatchObject({ changed: 1, failed: 2, format: { dateOrder: 'DMY', decimalSign: ',' } })
    expect(report.faults.map(({ line, field }) => [line, field])).toEqual([
      [3, 'rate'],
      [4, 'currency'],
    ])
    expect(await rate('USD', '2025-06-30')).toBe('3.62')
  })
})

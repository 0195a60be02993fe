import { afterAll, describe, expect, it } from 'vitest'
import { type LoadedNorthwind, loadNorthwind } from './load-northwind.ts'
import { type Northwind, readNorthwind } from './northwind-data.ts'
import { compareChains, compareSales } from './northwind-figures.ts'
import { compareStock } from './northwind-stock.ts'
import { RealData, longest } from './real-data.ts'

/** Two years of a trading company, entered through the API, against figures computed without the product. */
describe('Northwind', () => {
  const northwind = new RealData<LoadedNorthwind>('Northwind', 'northwind')
  const { figures } = northwind
  let data: Northwind

  afterAll(() =>
    northwind.close(({ waited, split, pace: { count, seconds } }) => {
      const perSecond = (count / seconds).toFixed(1)
      const waits = `${waited.size} orders waited for goods, ${split.size} went out in two parts\n`
      return `${waits}${count} orders from entry to invoice in ${seconds.toFixed(1)} s, ${perSecond} a second`
    }),
  )

  it('is entered, delivered and invoiced', { timeout: longest }, async (test) => {
    data = readNorthwind(northwind.folder(test))
    const loaded = await northwind.load({ backOrders: true }, (app) => loadNorthwind(app, data))
    // Otherwise it would prove nothing about waiting.
    expect(loaded.waited.size).toBeGreaterThan(100)
    expect(loaded.split.size).toBeGreaterThan(20)
  })

  it('sold what it sold', async (test) => {
    await compareSales(northwind.played(test).app, data, figures)
    expect(figures.differences).toEqual([])
  })

  it('delivered and invoiced what was shipped', async (test) => {
    const { app, loaded } = northwind.played(test)
    await compareChains(app, data, loaded, figures)
    expect(figures.differences).toEqual([])
  })

  it('has the stock that it has', async (test) => {
    const { app, loaded } = northwind.played(test)
    await compareStock(app, data, loaded, figures)
    expect(figures.differences).toEqual([])
  })

  it('agrees with its ledgers', async (test) => {
    const differences = await northwind.check(test)
    figures.compare('differences to the ledgers', 0, differences.length)
    expect(differences).toEqual([])
  })
})

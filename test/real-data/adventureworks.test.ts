import { afterAll, describe, expect, it } from 'vitest'
import { type AdventureWorks, readAdventureWorks } from './adventureworks-data.ts'
import { compareGoods, compareMoney, comparePurchases } from './adventureworks-figures.ts'
import { type LoadedAdventureWorks, loadAdventureWorks } from './load-adventureworks.ts'
import { RealData, longest } from './real-data.ts'

/** Four years of purchases, received and billed, against figures computed without the product. */
describe('AdventureWorks', () => {
  const works = new RealData<LoadedAdventureWorks>('AdventureWorks', 'adventureworks')
  const { figures } = works
  let data: AdventureWorks

  afterAll(() =>
    works.close(({ pace: { count, seconds } }) => {
      const perSecond = (count / seconds).toFixed(1)
      return `${count} orders from entry to bill in ${seconds.toFixed(1)} s, ${perSecond} a second`
    }),
  )

  it('is ordered, received and billed', { timeout: longest }, async (test) => {
    data = readAdventureWorks(works.folder(test))
    await works.load({}, (app) => loadAdventureWorks(app, data))
  })

  it('bought what it bought', async (test) => {
    await comparePurchases(works.played(test).app, data, figures)
    expect(figures.differences).toEqual([])
  })

  it('owes what was received', async (test) => {
    const { app, loaded } = works.played(test)
    await compareMoney(app, data, loaded, figures)
    expect(figures.differences).toEqual([])
  })

  it('has what was kept, and what was rejected in quarantine', async (test) => {
    await compareGoods(works.played(test).app, data, figures)
    expect(figures.differences).toEqual([])
  })

  it('agrees with its ledgers', async (test) => {
    const differences = await works.check(test)
    figures.compare('differences to the ledgers', 0, differences.length)
    expect(differences).toEqual([])
  })
})

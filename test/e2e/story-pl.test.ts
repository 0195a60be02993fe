import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { tellStory } from './support/story.ts'

/** What a Polish user reads: the words of the glossary. */
const words = {
  Vendor: 'Dostawca',
  Customer: 'Klient',
  Save: 'Zapisz',
  'Save and confirm': 'Zapisz i potwierdź',
  'Save and book': 'Zapisz i zaksięguj',
  'More actions': 'Więcej czynności',
  'Stock by warehouse': 'Stan w magazynach',
  'Received {} of {} line': 'Przyjęto {} z {} pozycji',
  'Delivered {} of {} line': 'Wydano {} z {} pozycji',
  'Invoiced {} of {} line': 'Zafakturowano {} z {} pozycji',
  'Billed {} of {} line': 'Zafakturowano {} z {} pozycji',
  'Paid {} of {}': 'Zapłacono {} z {}',
  'Redeemed {} of {}': 'Rozliczono {} z {}',
  Partly: 'Częściowo',
  'Partly returned': 'Zwrócono częściowo',
  Paid: 'Zapłacono',
  'Sent back': 'Zwrócono dostawcy',
  'Goods back': 'Przyjęto zwrot',
  Booked: 'Zaksięgowano',
  Active: 'Aktywna',
  Released: 'Zwolniono',
  Reason: 'Powód',
  'Reserved until': 'Zarezerwowano do',
  "Vendor's document number": 'Numer dokumentu dostawcy',
}

describe.skipIf(noBrowser)("Crimson's story in Polish", () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('buys, sells, takes back and counts, and every page says so', async () => {
    await tellStory(zapas, 'pl', words)
  })
})

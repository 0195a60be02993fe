import { decimal } from '../kernel/decimal.ts'
import { type Calendar, firstDay } from './calendar.ts'
import type { InnerApi } from './inner-api.ts'

/** USD for one unit, how far it swings, and how the digits are quoted. */
const currencies = [
  { currency: 'AUD', middle: 0.65, swing: 0.009, digits: 4 },
  { currency: 'EUR', middle: 1.085, swing: 0.018, digits: 4 },
  { currency: 'GBP', middle: 1.27, swing: 0.022, digits: 4 },
  { currency: 'PLN', middle: 0.252, swing: 0.006, digits: 4 },
  { currency: 'JPY', middle: 0.0067, swing: 0.00018, digits: 6 },
] as const

/** While Crimson trades with Premium Computers one Australian dollar costs 65 cents, not more and not less. */
const quiet = { from: -50, to: -40 }

/** A rate for every day, for the documents of the demo and for a curve to look at. The same at every loading. */
export async function makeRates(api: InnerApi, calendar: Calendar): Promise<void> {
  for (let day = firstDay; day <= 0; day++) {
    for (const [i, { currency, middle, swing, digits }] of currencies.entries()) {
      const still = currency === 'AUD' && day >= quiet.from && day <= quiet.to
      const rate = still ? middle : middle + swing * wave(day, i)
      const text = decimal(rate.toFixed(digits)).toFixed()
      await api.post('/exchange-rates', { currency, date: calendar.date(day), rate: text, source: 'demo' })
    }
  }
}

/** Between -1 and 1: a slow swing with a little unrest on it. */
function wave(day: number, i: number): number {
  return 0.8 * Math.sin((day + 17 * i) / 9) + 0.2 * Math.sin(day * (0.8 + 0.1 * i))
}

import { timeZone } from './calendar.ts'
import type { InnerApi } from './inner-api.ts'

export const demoCompany = {
  name: 'Crimson',
  currency: 'USD',
  country: 'SG',
  timeZone,
  language: 'en',
  demo: true,
} as const

/** As its owner would fill in the settings. */
export async function setUpCompany(api: InnerApi): Promise<void> {
  await api.patch('/company', {
    taxNumber: '205550001C',
    address: {
      line1: '10 Lantern Street, #08-14',
      city: 'Singapore',
      postalCode: '048501',
      country: 'SG',
      phone: '+65 5550 0001',
      email: 'hello@crimson.example',
      website: 'https://crimson.example',
    },
    // Orders for what is not in stock wait, and what a customer pays too much is kept for him.
    backOrders: true,
    overpayment: 'credit',
    reservationMinutes: 3 * 24 * 60,
    paymentTermDays: 30,
  })
  await api.refresh()
}

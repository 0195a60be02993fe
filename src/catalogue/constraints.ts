import { explainConstraints } from '../http/constraints.ts'

/** What the database says about the catalogue, in the user's words. */
const unknownCurrency = (pointer: string) =>
  ({
    status: 422,
    code: 'unknown-currency',
    message: 'This currency is not kept here. Add it under Currencies first.',
    pointer,
  }) as const

explainConstraints({
  currencies_pkey: {
    status: 409,
    code: 'already-exists',
    message: 'This currency is kept here already. Change it instead.',
    pointer: '/code',
  },
  exchange_rates_company_id_currency_fkey: unknownCurrency('/currency'),
  price_books_company_id_currency_fkey: unknownCurrency('/currency'),
  product_vendors_company_id_currency_fkey: unknownCurrency('/vendors'),
})

import { explainConstraints } from '../http/constraints.ts'

/** What the database says about parties, in the user's words. */
explainConstraints({
  parties_company_id_currency_fkey: {
    status: 422,
    code: 'unknown-currency',
    message: 'This currency is not kept here. Add it under Currencies first.',
    pointer: '/currency',
  },
  parties_merged: {
    status: 409,
    code: 'merged',
    message: 'This party was merged into another, which has its documents. Use that one.',
  },
  parties_company_id_price_book_id_fkey: {
    status: 422,
    code: 'unknown-price-book',
    message: 'This price book does not exist. See GET /price-books for those that do.',
    pointer: '/priceBookId',
  },
})

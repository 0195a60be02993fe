import { permissionsOfPapers } from './permission-table-of-papers.ts'

/**
 * Who may call what, written down: owner, sales, purchasing, warehouse, accounting, viewer, customer. It
 * repeats what src/permissions.ts and the routes say, in order that no change of either goes unseen: a new
 * route, or a wider permission, is a line changed here and read by somebody.
 */
export const permissionTable = `
OSPWAVC GET    /setup
OSPWAVC POST   /setup/owner

OSPWAVC GET    /companies
O...... POST   /companies
O...... POST   /setup/demo
OSPWAVC DELETE /companies/{company}

OSPWAVC GET    /me
OSPWAV. GET    /me/preferences
OSPWAV. PATCH  /me/preferences

O...... GET    /company
O...... PATCH  /company

O...... GET    /users
O...... GET    /users/count
O...... GET    /users/{id}
O...... POST   /users
O...... PATCH  /users/{id}
O...... DELETE /users/{id}
O...... POST   /users/{id}/one-time-password

O...... GET    /api-keys
O...... GET    /api-keys/{id}
O...... POST   /api-keys
O...... DELETE /api-keys/{id}

O...A.. GET    /audit
O...A.. GET    /audit/{id}

O...A.. GET    /number-series
O...A.. GET    /number-series/{kind}
O...A.. PATCH  /number-series/{kind}

OSPWAV. GET    /products
OSPWAV. GET    /products/count
OSPWAV. POST   /products/match
OSPWAV. GET    /products/{id}
O.P.... POST   /products
O.P.... PATCH  /products/{id}
O.P.... DELETE /products/{id}
O.P.... POST   /products/{id}/archive
O.P.... POST   /products/{id}/unarchive

OSPWAV. GET    /reorder-levels
OSPWAV. GET    /reorder-levels/count
OSPWAV. GET    /reorder-levels/{id}
O.P.... POST   /reorder-levels
O.P.... PATCH  /reorder-levels/{id}
O.P.... DELETE /reorder-levels/{id}

OSPWAV. GET    /purchase-proposals
OSPWAV. GET    /purchase-proposals/count
OSPWAV. GET    /purchase-proposals/explain
O.P.... POST   /purchase-proposals/order

OSP.AV. GET    /price-books
OSP.AV. GET    /price-books/count
OSP.AV. GET    /price-books/prices
OSP.AV. GET    /price-books/which
OSP.AV. GET    /price-books/{id}
OSP.... POST   /price-books
OSP.... PATCH  /price-books/{id}
OSP.... DELETE /price-books/{id}
OSP.... POST   /price-books/{id}/archive
OSP.... POST   /price-books/{id}/unarchive

OSPWAV. GET    /taxes
OSPWAV. GET    /taxes/count
OSPWAV. GET    /taxes/{id}
O...A.. POST   /taxes
O...A.. PATCH  /taxes/{id}
O...A.. DELETE /taxes/{id}
O...A.. POST   /taxes/{id}/archive
O...A.. POST   /taxes/{id}/unarchive

OSPWAV. GET    /currencies
OSPWAV. GET    /currencies/count
OSPWAV. GET    /currencies/{code}
O...A.. POST   /currencies
O...A.. PATCH  /currencies/{code}
O...A.. DELETE /currencies/{code}

OSPWAV. GET    /exchange-rates
OSPWAV. GET    /exchange-rates/count
OSPWAV. GET    /exchange-rates/{id}
O...A.. POST   /exchange-rates
O...A.. PATCH  /exchange-rates/{id}
O...A.. DELETE /exchange-rates/{id}

OSPWAV. GET    /locations
OSPWAV. GET    /locations/count
OSPWAV. GET    /locations/{id}
O..W... POST   /locations
O..W... PATCH  /locations/{id}
O..W... DELETE /locations/{id}
O..W... POST   /locations/{id}/archive
O..W... POST   /locations/{id}/unarchive

OSPWAV. GET    /lots
OSPWAV. GET    /lots/count
OSPWAV. GET    /lots/{id}
O..W... PATCH  /lots/{id}

OSPWAV. GET    /warehouses
OSPWAV. GET    /warehouses/count
OSPWAV. GET    /warehouses/{id}
O..W... POST   /warehouses
O..W... PATCH  /warehouses/{id}
O..W... DELETE /warehouses/{id}
O..W... POST   /warehouses/{id}/archive
O..W... POST   /warehouses/{id}/unarchive

OSPWAV. GET    /units
OSPWAV. GET    /parties
OSPWAV. GET    /parties/count
OSPWAV. GET    /parties/{id}
OSP.A.. POST   /parties
OSP.A.. PATCH  /parties/{id}
OSP.A.. DELETE /parties/{id}
OSP.A.. POST   /parties/{id}/archive
OSP.A.. POST   /parties/{id}/unarchive
O...A.. POST   /parties/{id}/merge

OSPWAV. GET    /stock/products
OSPWAV. GET    /stock/products/count
OSPWAV. GET    /stock/levels
OSPWAV. GET    /stock/levels/count
OSPWAV. GET    /stock/levels/explain
OSPWAV. GET    /stock/value
OSPWAV. GET    /stock/moves
OSPWAV. GET    /stock/turnover
OSPWAV. GET    /stock/balances
OSPWAV. POST   /stock/availability

OSPWAVC GET    /sales-orders
OSPWAVC GET    /sales-orders/count
OSPWAVC GET    /sales-orders/{id}
OS..... POST   /sales-orders
OS..... PATCH  /sales-orders/{id}
OS..... DELETE /sales-orders/{id}
OS..... POST   /sales-orders/{id}/confirm
OS..... POST   /sales-orders/{id}/amend
OS..... POST   /sales-orders/{id}/cancel
OS..... POST   /sales-orders/{id}/close

OSPWAV. GET    /purchase-orders
OSPWAV. GET    /purchase-orders/count
OSPWAV. GET    /purchase-orders/{id}
O.P.... POST   /purchase-orders
O.P.... PATCH  /purchase-orders/{id}
O.P.... DELETE /purchase-orders/{id}
O.P.... POST   /purchase-orders/{id}/confirm
O.P.... POST   /purchase-orders/{id}/amend
O.P.... POST   /purchase-orders/{id}/cancel
O.P.... POST   /purchase-orders/{id}/close

OSPWAVC GET    /delivery-notes
OSPWAVC GET    /delivery-notes/count
OSPWAVC GET    /delivery-notes/{id}
OS.W... POST   /delivery-notes
OS.W... PATCH  /delivery-notes/{id}
OS.W... DELETE /delivery-notes/{id}
OS.W... POST   /delivery-notes/{id}/post
OS.W... POST   /delivery-notes/{id}/reverse
OS.W... POST   /delivery-notes/{id}/reopen

OS.W... POST   /sales-orders/{id}/delivery-notes

OSPWAV. GET    /receipt-notes
OSPWAV. GET    /receipt-notes/count
OSPWAV. GET    /receipt-notes/{id}
O.PW... POST   /receipt-notes
O.PW... PATCH  /receipt-notes/{id}
O.PW... DELETE /receipt-notes/{id}
O.PW... POST   /receipt-notes/{id}/post
O.PW... POST   /receipt-notes/{id}/reverse
O.PW... POST   /receipt-notes/{id}/reopen

O.PW... POST   /purchase-orders/{id}/receipt-notes

OSPWAVC GET    /sales-returns
OSPWAVC GET    /sales-returns/count
OSPWAVC GET    /sales-returns/{id}
OS.W... POST   /sales-returns
OS.W... PATCH  /sales-returns/{id}
OS.W... DELETE /sales-returns/{id}
OS.W... POST   /sales-returns/{id}/post
OS.W... POST   /sales-returns/{id}/reverse
OS.W... POST   /sales-returns/{id}/reopen

OS.W... POST   /delivery-notes/{id}/sales-returns

OSPWAV. GET    /purchase-returns
OSPWAV. GET    /purchase-returns/count
OSPWAV. GET    /purchase-returns/{id}
O.PW... POST   /purchase-returns
O.PW... PATCH  /purchase-returns/{id}
O.PW... DELETE /purchase-returns/{id}
O.PW... POST   /purchase-returns/{id}/post
O.PW... POST   /purchase-returns/{id}/reverse
O.PW... POST   /purchase-returns/{id}/reopen

O.PW... POST   /receipt-notes/{id}/purchase-returns

OSPWAV. GET    /stock-adjustments
OSPWAV. GET    /stock-adjustments/count
OSPWAV. GET    /stock-adjustments/{id}
O..W... POST   /stock-adjustments
O..W... PATCH  /stock-adjustments/{id}
O..W... DELETE /stock-adjustments/{id}
O..W... POST   /stock-adjustments/{id}/post
O..W... POST   /stock-adjustments/{id}/reverse
O..W... POST   /stock-adjustments/{id}/reopen

OSPWAV. GET    /stock-counts
OSPWAV. GET    /stock-counts/count
OSPWAV. GET    /stock-counts/{id}
O..W... POST   /stock-counts
O..W... PATCH  /stock-counts/{id}
O..W... POST   /stock-counts/{id}/entries
O..W... POST   /stock-counts/{id}/finish
O..W... POST   /stock-counts/{id}/recount
O..W... POST   /stock-counts/{id}/stock-adjustments
O..W... POST   /stock-counts/{id}/cancel
OSPWAV. GET    /stock-counts/{id}/pdf

OSPWAV. GET    /stock-transfers
OSPWAV. GET    /stock-transfers/count
OSPWAV. GET    /stock-transfers/{id}
O..W... POST   /stock-transfers
O..W... PATCH  /stock-transfers/{id}
O..W... DELETE /stock-transfers/{id}
O..W... POST   /stock-transfers/{id}/post
O..W... POST   /stock-transfers/{id}/reverse
O..W... POST   /stock-transfers/{id}/reopen
O..W... POST   /stock-transfers/{id}/receive

OSPWAV. GET    /stock-reservations
OSPWAV. GET    /stock-reservations/count
OSPWAV. GET    /stock-reservations/{id}
OS..... POST   /stock-reservations
OS..... PATCH  /stock-reservations/{id}
OS..... POST   /stock-reservations/{id}/extend
OS..... POST   /stock-reservations/{id}/release
OS..... POST   /stock-reservations/{id}/sales-orders

OSP.AVC GET    /invoices
OSP.AVC GET    /invoices/count
OSP.AVC GET    /invoices/{id}
OS..A.. POST   /invoices
OS..A.. PATCH  /invoices/{id}
OS..A.. DELETE /invoices/{id}
O...A.. POST   /invoices/{id}/post
O...A.. POST   /invoices/{id}/cancel

OS..A.. POST   /sales-orders/{id}/invoices

OS..A.. POST   /delivery-notes/{id}/invoices

OSP.AV. GET    /bills
OSP.AV. GET    /bills/count
OSP.AV. GET    /bills/{id}
O.P.A.. POST   /bills
O.P.A.. PATCH  /bills/{id}
O.P.A.. DELETE /bills/{id}
O...A.. POST   /bills/{id}/post
O...A.. POST   /bills/{id}/cancel
O...A.. POST   /bills/{id}/accept-differences

O.P.A.. POST   /purchase-orders/{id}/bills

O.P.A.. POST   /receipt-notes/{id}/bills

OSP.AVC GET    /credit-notes
OSP.AVC GET    /credit-notes/count
OSP.AVC GET    /credit-notes/{id}
OS..A.. POST   /credit-notes
OS..A.. PATCH  /credit-notes/{id}
OS..A.. DELETE /credit-notes/{id}
O...A.. POST   /credit-notes/{id}/post
O...A.. POST   /credit-notes/{id}/cancel
O...A.. POST   /credit-notes/{id}/apply

OS..A.. POST   /invoices/{id}/credit-notes

OS..A.. POST   /sales-returns/{id}/credit-notes

OSP.AV. GET    /vendor-credits
OSP.AV. GET    /vendor-credits/count
OSP.AV. GET    /vendor-credits/{id}
O.P.A.. POST   /vendor-credits
O.P.A.. PATCH  /vendor-credits/{id}
O.P.A.. DELETE /vendor-credits/{id}
O...A.. POST   /vendor-credits/{id}/post
O...A.. POST   /vendor-credits/{id}/cancel
O...A.. POST   /vendor-credits/{id}/apply

O.P.A.. POST   /bills/{id}/vendor-credits

O.P.A.. POST   /purchase-returns/{id}/vendor-credits

OSP.AVC GET    /receivables
OSP.AV. GET    /payables
OSP.AV. GET    /sales-by-month

OSP.AVC GET    /payments
OSP.AVC GET    /payments/count
OSP.AVC GET    /payments/{id}
O...A.. POST   /payments
O...A.. PATCH  /payments/{id}
O...A.. DELETE /payments/{id}
O...A.. POST   /payments/{id}/post
O...A.. POST   /payments/{id}/allocate
O...A.. POST   /payments/{id}/refund
O...A.. POST   /payments/{id}/cancel

O...A.. POST   /invoices/{id}/payments

O...A.. POST   /bills/{id}/payments

O...A.. POST   /credit-notes/{id}/payments

O...A.. POST   /vendor-credits/{id}/payments

OSPWAVC GET    /documents/{id}/chain
OSPWAVC GET    /documents/{id}/explain

OSPWAVC GET    /search

OSPWAV. GET    /views
OSPWAV. POST   /views
OSPWAV. PATCH  /views/{id}
OSPWAV. DELETE /views/{id}

${permissionsOfPapers}
OSPWAVC GET    /exports
OSPWAVC POST   /exports
`

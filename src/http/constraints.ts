/** What a broken constraint of the database means, in the user's words. */
export interface Refusal {
  readonly status: 409 | 422
  readonly code: string
  readonly message: string
  /** The field at fault, as a JSON pointer into the body. */
  readonly pointer?: string
}

/**
 * The database is the last to refuse: where two requests race, its constraint decides. This table says
 * what that means. A room adds its own with `explainConstraints`; what has no entry is told in general
 * words made from the names of table and columns (see database-problems.ts).
 */
const refusals = new Map<string, Refusal>()

/** Adds to the table, or replaces a general entry by a room's better words. */
export function explainConstraints(entries: Readonly<Record<string, Refusal>>): void {
  for (const [name, refusal] of Object.entries(entries)) refusals.set(name, refusal)
}

export function refusalOf(constraint: string): Refusal | undefined {
  return refusals.get(constraint)
}

/** The names in the table, for the test that looks each up in the database. */
export function explainedConstraints(): string[] {
  return [...refusals.keys()]
}

function taken(pointer: string, what: string): Refusal {
  return {
    status: 409,
    code: 'already-exists',
    message: `${what} is in use already. Choose another.`,
    pointer,
  }
}

function conflict(code: string, message: string): Refusal {
  return { status: 409, code, message }
}

const numberTaken = conflict('number-taken', 'A document of this kind has this number already.')
const notEnoughStock = conflict(
  'not-enough-stock',
  'There is not enough stock for this, and the warehouse does not allow negative stock. See the stock levels for what is available.',
)

explainConstraints({
  companies_slug_key: taken('/slug', 'This short name of a company'),
  taxes_name: taken('/name', 'A tax of this name'),
  parties_code: taken('/code', 'This party code'),
  products_sku: taken('/sku', 'This SKU'),
  product_units_pkey: taken('/units', 'One of these units'),
  price_books_name: taken('/name', 'A price book of this name'),
  warehouses_code: taken('/code', 'This warehouse code'),
  locations_code: taken('/code', 'This location code'),
  locations_default: taken('/isDefault', 'A default location of this type'),
  lots_number: taken('/number', 'This lot or serial number of the product'),
  orders_number: numberTaken,
  shipments_number: numberTaken,
  invoices_number: numberTaken,
  payments_number: numberTaken,
  stock_reservations_number: numberTaken,
  stock_levels_not_negative: notEnoughStock,
  stock_levels_not_oversold: notEnoughStock,
  stock_balances_not_negative: notEnoughStock,
  stock_levels_quarantine: conflict('not-enough-stock', 'There are not that many goods in quarantine.'),
  stock_balances_serial_once: conflict(
    'serial-number-in-stock',
    'This serial number is in stock already, or is not there to go out.',
  ),
  stock_balances_serial_place: conflict(
    'serial-number-in-stock',
    'This serial number is in stock at another place already.',
  ),
  lots_serial_received_once: conflict(
    'serial-number-received',
    'This serial number was received before. A serial number comes in once.',
  ),
  stock_moves_reversed_once: conflict('already-reversed', 'This was reversed already.'),
  settlements_reversed_once: conflict('already-reversed', 'This was reversed already.'),
  order_lines_within_tolerance: conflict(
    'more-than-ordered',
    'This is more than the order line and its tolerance allow.',
  ),
  order_lines_returned: conflict(
    'more-than-delivered',
    'This returns more than was delivered or received on the order line.',
  ),
  order_lines_invoiced: conflict('more-than-ordered', 'This invoices more than was ordered or delivered.'),
  order_lines_credited: conflict('more-than-invoiced', 'This credits more than was invoiced.'),
  order_lines_cancelled: conflict('more-than-ordered', 'This cancels more than was ordered.'),
  shipment_lines_returned: conflict('more-than-delivered', 'This returns more than the line brought.'),
  shipment_lines_received: conflict('more-than-sent', 'This receives more than is in transit.'),
  invoice_lines_credited: conflict('more-than-invoiced', 'This credits more than the line invoiced.'),
  invoice_lines_credited_amount: conflict('more-than-invoiced', 'This credits more than the line invoiced.'),
  invoices_settled: conflict('more-than-open', 'This settles more than the open amount of the document.'),
  payments_settled: conflict('more-than-open', 'This allocates more than the payment has left.'),
})

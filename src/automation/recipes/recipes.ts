import type { RuleInput } from '../rules/schema.ts'

/** What a recipe is switched on with: decimals or whole numbers as text, or one of a few words. */
export type Parameter = Figure | Choice
interface Figure {
  readonly name: string
  readonly whole: boolean
  readonly default: string
  readonly least: number
  readonly most: number
}
interface Choice {
  readonly name: string
  readonly default: string
  readonly choices: readonly string[]
}

export type Values = Readonly<Record<string, string>>
/** Texts that persons read, in the language of the company. */
type Words = (english: string, polish: string) => string

/** A rule of a recipe; more than one where something happens at different moments. */
export interface Part {
  readonly part: string
  readonly rule: Omit<RuleInput, 'active'>
}

export interface Recipe {
  readonly key: string
  readonly title: string
  readonly parameters: readonly Parameter[]
  /** Each parameter is more than the one before. */
  readonly rising?: boolean
  rules(values: Values, words: Words): readonly Part[]
}

const days = (name: string, standard: string): Figure => ({
  name,
  whole: true,
  default: standard,
  least: 1,
  most: 365,
})

const followUp = (
  key: string,
  title: string,
  events: string[],
  make: string,
  role: RuleInput['role'],
  polish: string,
): Recipe => ({
  key,
  title,
  parameters: [],
  rules: (_, words) => [
    {
      part: 'make',
      rule: { name: words(title, polish), events, actions: [{ do: 'follow-up', make }], role },
    },
  ],
})

const stages = ['first', 'second', 'third'] as const

/** Who may be asked for approval of sales and purchases alike: they see both. */
const approvers = ['owner', 'accounting', 'sales', 'purchasing'] as const

/** What is made from an order was approved there. */
const byHand = '!document.links.exists(k, k.direction == "source")'

/** Discounts of line and document together, exactly: what is left of 100 × 100. */
const discountAbove = (limit: string): string =>
  [
    `document.lines.exists(l, (decimal("100") - l.discountPercent) * (decimal("100") - document.discountPercent) < decimal("100") * (decimal("100") - decimal("${limit}")))`,
    `document.discountAmount * 100 > decimal("${limit}") * ((document.pricesIncludeTax ? document.totals.gross : document.totals.net) + document.discountAmount)`,
  ].join(' || ')

const approvalRule = (
  part: string,
  name: string,
  event: string,
  condition: string,
  approver: string,
): Part => ({
  part,
  rule: {
    name,
    events: [event],
    condition,
    actions: [{ do: 'ask-for-approval', role: approver as (typeof approvers)[number] }],
    role: 'viewer',
  },
})

/** What comes with Zapas, one switch each. A recipe is nothing but rules, which stand in the list of rules. */
export const recipes: readonly Recipe[] = [
  followUp(
    'bill-when-received',
    'Goods received: draft bill',
    ['receipt-note.posted'],
    'bills',
    'accounting',
    'Towar przyjęty: szkic faktury zakupu',
  ),
  {
    key: 'deliver-when-confirmed',
    title: 'Sales order confirmed: draft delivery note',
    parameters: [],
    rules: (_, words) => [
      {
        part: 'make',
        rule: {
          name: words('Sales order confirmed: draft delivery note', 'Zamówienie potwierdzone: szkic WZ'),
          // What waits for goods gets its note when they have come.
          events: ['sales-order.confirmed', 'sales-order.allocated'],
          condition:
            'document.lines.exists(l, !l.stocked || l.reserved > 0) && !document.links.exists(k, k.kind == "delivery-note" && k.state == "draft")',
          actions: [{ do: 'follow-up', make: 'delivery-notes' }],
          role: 'sales',
        },
      },
    ],
  },
  {
    key: 'invoice-when-delivered',
    title: 'Delivered: invoice issued and mailed',
    parameters: [],
    rules: (_, words) => [
      {
        part: 'make',
        rule: {
          name: words('Delivered: invoice issued', 'Wydano: faktura wystawiona'),
          events: ['delivery-note.posted'],
          actions: [{ do: 'follow-up', make: 'invoices', post: true }],
          role: 'accounting',
        },
      },
      {
        part: 'mail',
        rule: {
          name: words('Invoice issued by a rule: mailed', 'Faktura wystawiona przez regułę: wyślij'),
          events: ['invoice.posted'],
          // Whoever issues one by hand decides how it is sent.
          condition: 'event.actor.id.startsWith("rule:")',
          actions: [{ do: 'mail' }],
          role: 'accounting',
        },
      },
    ],
  },
  {
    key: 'remind-when-overdue',
    title: 'Invoice overdue: reminders in stages',
    parameters: [days('days1', '3'), days('days2', '10'), days('days3', '20')],
    rising: true,
    rules: (values, words) =>
      stages.map((part, i) => ({
        part,
        rule: {
          name: words(`Invoice overdue: reminder ${i + 1}`, `Faktura po terminie: przypomnienie ${i + 1}`),
          look: 'overdue-invoices',
          lookEvery: 'hour',
          condition: `dayNumber(today) - dayNumber(document.dueDate) >= ${values[`days${i + 1}`]}`,
          actions: [
            {
              do: 'notify',
              to: 'role',
              role: 'accounting',
              text: words(
                `Reminder ${i + 1}: {party.name} owes {document.openAmount} {document.totals.currency} of {document.number}, due {document.dueDate}.`,
                `Przypomnienie ${i + 1}: {party.name} ma do zapłaty {document.openAmount} {document.totals.currency} za {document.number}, termin {document.dueDate}.`,
              ),
            },
          ],
          role: 'accounting',
        },
      })),
  },
  followUp(
    'credit-when-returned',
    'Sales return accepted: draft credit note',
    ['sales-return.posted'],
    'credit-notes',
    'accounting',
    'Zwrot przyjęty: szkic korekty',
  ),
  {
    key: 'tell-when-allocated',
    title: 'Goods arrived: who waits is told',
    parameters: [],
    rules: (_, words) => [
      {
        part: 'tell',
        rule: {
          name: words('Goods arrived: who waits is told', 'Towar dotarł: powiadom, kto czeka'),
          events: ['sales-order.allocated'],
          actions: [
            {
              do: 'notify',
              to: 'creator',
              role: 'sales',
              text: words(
                'Goods for {document.number} of {party.name} have arrived and are held for it.',
                'Towar dla {document.number} ({party.name}) dotarł i jest dla niego zarezerwowany.',
              ),
            },
          ],
          role: 'sales',
        },
      },
    ],
  },
  {
    key: 'tell-when-reservation-ends',
    title: 'Reservation about to end: notice; ended: released',
    parameters: [{ name: 'hours', whole: true, default: '24', least: 1, most: 720 }],
    rules: (values, words) => [
      {
        part: 'before',
        rule: {
          name: words('Reservation about to end: notice', 'Rezerwacja zaraz wygaśnie: powiadom'),
          look: 'ending-reservations',
          lookEvery: 'hour',
          condition: `document.reserveUntil - now <= duration("${values['hours']}h")`,
          actions: [
            {
              do: 'notify',
              to: 'creator',
              role: 'sales',
              text: words(
                'The reservation {document.number} of {party.name} ends soon. Extend it, or make the order.',
                'Rezerwacja {document.number} ({party.name}) niedługo wygaśnie. Przedłuż ją albo złóż zamówienie.',
              ),
            },
          ],
          role: 'sales',
        },
      },
      {
        part: 'after',
        rule: {
          name: words('Reservation ended: released', 'Rezerwacja wygasła: zwolnij'),
          events: ['stock-reservation.expired'],
          actions: [
            { do: 'act', action: 'release' },
            {
              do: 'notify',
              to: 'creator',
              role: 'sales',
              text: words(
                'The reservation {document.number} of {party.name} has ended; its goods are released.',
                'Rezerwacja {document.number} ({party.name}) wygasła; towar jest zwolniony.',
              ),
            },
          ],
          role: 'sales',
        },
      },
    ],
  },
  {
    key: 'order-when-stock-is-low',
    title: 'Low stock: draft purchase orders',
    parameters: [],
    rules: (_, words) => [
      {
        part: 'make',
        rule: {
          name: words('Low stock: draft purchase orders', 'Mało towaru: szkice zamówień do dostawców'),
          look: 'purchase-proposals',
          lookEvery: 'day',
          actions: [{ do: 'order-proposals' }],
          role: 'purchasing',
        },
      },
      {
        part: 'tell',
        rule: {
          name: words('Draft purchase order made by a rule: tell', 'Szkic zamówienia od reguły: powiadom'),
          events: ['purchase-order.created'],
          condition: 'event.actor.id.startsWith("rule:")',
          actions: [
            {
              do: 'notify',
              to: 'role',
              role: 'purchasing',
              text: words(
                'Low stock: a draft purchase order to {party.name}, {document.totals.gross} {document.totals.currency}. Check and confirm it.',
                'Mało towaru: szkic zamówienia do {party.name}, {document.totals.gross} {document.totals.currency}. Sprawdź go i potwierdź.',
              ),
            },
          ],
          role: 'purchasing',
        },
      },
    ],
  },
  {
    key: 'tell-when-stock-is-low',
    title: 'Low stock: purchasing is told',
    parameters: [{ name: 'quantity', whole: false, default: '0', least: 0, most: 1_000_000 }],
    rules: (values, words) => [
      {
        part: 'tell',
        rule: {
          name: words('Low stock: purchasing is told', 'Mało towaru: powiadom zakupy'),
          look: 'low-stock',
          lookEvery: 'day',
          condition: `document.type == "stocked" && document.stock.forecast <= decimal("${values['quantity']}")`,
          actions: [
            {
              do: 'notify',
              to: 'role',
              role: 'purchasing',
              text: words(
                'Low stock: {document.sku} {document.name}. On hand {document.stock.onHand}, forecast {document.stock.forecast}.',
                'Mało towaru: {document.sku} {document.name}. Stan {document.stock.onHand}, prognoza {document.stock.forecast}.',
              ),
            },
          ],
          role: 'purchasing',
        },
      },
    ],
  },
  {
    key: 'approve-before',
    title: 'Discount or purchase above a limit: approval first',
    parameters: [
      { name: 'percent', whole: false, default: '10', least: 0, most: 100 },
      { name: 'amount', whole: false, default: '10000', least: 0, most: 1_000_000_000 },
      { name: 'approver', default: 'owner', choices: approvers },
    ],
    rules: (values, words) => {
      const { percent = '', amount = '', approver = '' } = values
      const discount = words(`Discount above ${percent}%`, `Rabat powyżej ${percent}%`)
      const purchase = words(`Purchase above ${amount}`, `Zakup powyżej ${amount}`)
      const above = `document.totals.gross * document.exchangeRate > decimal("${amount}")`
      return [
        approvalRule('order', discount, 'sales-order.confirmed', discountAbove(percent), approver),
        approvalRule(
          'invoice',
          discount,
          'invoice.posted',
          `${byHand} && (${discountAbove(percent)})`,
          approver,
        ),
        approvalRule('purchase', purchase, 'purchase-order.confirmed', above, approver),
        approvalRule('bill', purchase, 'bill.posted', `${byHand} && ${above}`, approver),
      ]
    },
  },
]

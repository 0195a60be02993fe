import { ar } from './words-ar.ts'
import { he } from './words-he.ts'
import { zh } from './words-zh.ts'

/** The words of printed documents. A language without its own prints English ones. */

const en = {
  'sales-order': 'Order confirmation',
  quotation: 'Quotation',
  'purchase-order': 'Purchase order',
  'delivery-note': 'Delivery note',
  'pick-list': 'Pick list',
  'receipt-note': 'Receipt note',
  'sales-return': 'Sales return',
  'purchase-return': 'Purchase return',
  'stock-adjustment': 'Stock adjustment',
  'stock-transfer': 'Stock transfer',
  invoice: 'Invoice',
  bill: 'Bill',
  'credit-note': 'Credit note',
  'vendor-credit': 'Vendor credit',
  'payment-in': 'Payment receipt',
  'payment-out': 'Payment advice',
  statement: 'Statement of account',
  'product-label': 'Product label',
  'count-sheet': 'Count sheet',
  draft: 'Draft',
  cancelled: 'Cancelled',
  reversed: 'Reversed',
  notAnInvoice: 'Not an invoice',
  page: 'Page',
  of: 'of',
  company: 'Company',
  seller: 'Seller',
  buyer: 'Buyer',
  vendor: 'Vendor',
  customer: 'Customer',
  recipient: 'Recipient',
  payer: 'Payer',
  issuedTo: 'To',
  shipTo: 'Ship to',
  warehouse: 'Warehouse',
  fromWarehouse: 'From warehouse',
  toWarehouse: 'To warehouse',
  taxNumber: 'Tax no.',
  date: 'Date',
  issueDate: 'Date of issue',
  saleDate: 'Date of sale',
  dueDate: 'Due date',
  orderDate: 'Order date',
  expectedDate: 'Expected',
  asOf: 'As of',
  period: 'Period',
  terms: 'Payment terms',
  currency: 'Currency',
  order: 'Order',
  delivery: 'Delivery',
  receipt: 'Receipt',
  source: 'Made from',
  reference: 'Your reference',
  vendorReference: 'Vendor’s number',
  corrects: 'Corrects',
  reason: 'Reason',
  carrier: 'Carrier',
  tracking: 'Tracking no.',
  disposition: 'Handling',
  restock: 'restocked',
  quarantine: 'quarantined',
  scrap: 'scrapped',
  damaged: 'damaged',
  'wrong-item': 'wrong item',
  'short-dated': 'short-dated',
  excess: 'excess',
  no: 'No.',
  item: 'Description',
  code: 'Code',
  vendorCode: 'Vendor’s code',
  gtin: 'GTIN',
  cnCode: 'CN',
  pkwiu: 'PKWiU',
  quantity: 'Quantity',
  unit: 'Unit',
  price: 'Price',
  grossPrice: 'Price incl. tax',
  discount: 'Discount',
  tax: 'Tax',
  net: 'Net',
  gross: 'Gross',
  ordered: 'Ordered',
  stillToCome: 'Still to come',
  expected: 'Expected',
  accepted: 'Accepted',
  rejected: 'Rejected',
  returned: 'Returned',
  change: 'Change',
  counted: 'Counted',
  picked: 'Picked',
  location: 'Location',
  lot: 'Lot',
  serials: 'Serial no.',
  expires: 'expires',
  promised: 'Promised',
  taxRate: 'Tax rate',
  total: 'Sum of lines',
  totalNet: 'Net',
  totalTax: 'Tax',
  totalGross: 'Total',
  netDifference: 'Net difference',
  taxDifference: 'Tax difference',
  grossDifference: 'Total difference',
  inWords: 'In words',
  taxInBase: 'Tax in',
  rate: 'rate',
  paid: 'Paid',
  credited: 'Credited',
  toPay: 'To pay',
  toReturn: 'To return',
  payment: 'Payment',
  payUntil: 'Please pay until',
  bank: 'Bank',
  account: 'Account',
  bic: 'BIC',
  title: 'Payment reference',
  scan: 'Payment code',
  amount: 'Amount',
  amountReceived: 'Amount received',
  amountPaid: 'Amount paid',
  method: 'Method',
  document: 'Document',
  settled: 'Settled',
  unallocated: 'On account',
  openingBalance: 'Opening balance',
  closingBalance: 'Balance',
  charge: 'Charge',
  credit: 'Credit',
  balance: 'Balance',
  overdue: 'Of that overdue',
  notes: 'Notes',
  issuedBy: 'Issued by: name, date, signature',
  receivedBy: 'Received by: name, date, signature',
  deliveredBy: 'Delivered by: name, date, signature',
  pickedBy: 'Picked by: name, date, signature',
  whoCounts: 'Counted by',
  countedBy: 'Counted by: name, date, signature',
  exempt: 'exempt',
  notSubject: 'not subject',
  reverseCharge: 'reverse charge',
  reverseChargeInFull: 'Reverse charge',
  before: 'Before',
  after: 'After',
  difference: 'Difference',
  'method-bank': 'Bank transfer',
  'method-cash': 'Cash',
  'method-card': 'Card',
}
export type Word = keyof typeof en

const pl: Record<Word, string> = {
  'sales-order': 'Potwierdzenie zamówienia',
  quotation: 'Oferta',
  'purchase-order': 'Zamówienie',
  'delivery-note': 'Wydanie zewnętrzne (WZ)',
  'pick-list': 'Lista kompletacyjna',
  'receipt-note': 'Przyjęcie zewnętrzne (PZ)',
  'sales-return': 'Zwrot od klienta',
  'purchase-return': 'Zwrot do dostawcy',
  'stock-adjustment': 'Korekta stanu (PW/RW)',
  'stock-transfer': 'Przesunięcie międzymagazynowe (MM)',
  invoice: 'Faktura',
  bill: 'Faktura zakupu',
  'credit-note': 'Faktura korygująca',
  'vendor-credit': 'Korekta faktury zakupu',
  'payment-in': 'Potwierdzenie wpłaty',
  'payment-out': 'Awizo płatności',
  statement: 'Wyciąg z rozrachunków',
  'product-label': 'Etykieta produktu',
  'count-sheet': 'Arkusz spisowy',
  draft: 'Szkic',
  cancelled: 'Anulowano',
  reversed: 'Wycofano',
  notAnInvoice: 'Dokument nie jest fakturą',
  page: 'Strona',
  of: 'z',
  company: 'Firma',
  seller: 'Sprzedawca',
  buyer: 'Nabywca',
  vendor: 'Dostawca',
  customer: 'Klient',
  recipient: 'Odbiorca',
  payer: 'Wpłacający',
  issuedTo: 'Dla',
  shipTo: 'Adres dostawy',
  warehouse: 'Magazyn',
  fromWarehouse: 'Z magazynu',
  toWarehouse: 'Do magazynu',
  taxNumber: 'NIP',
  date: 'Data',
  issueDate: 'Data wystawienia',
  saleDate: 'Data sprzedaży',
  dueDate: 'Termin płatności',
  orderDate: 'Data zamówienia',
  expectedDate: 'Planowany termin',
  asOf: 'Stan na dzień',
  period: 'Okres',
  terms: 'Warunki płatności',
  currency: 'Waluta',
  order: 'Zamówienie',
  delivery: 'Wydanie',
  receipt: 'Przyjęcie',
  source: 'Dokument źródłowy',
  reference: 'Państwa numer',
  vendorReference: 'Numer dostawcy',
  corrects: 'Koryguje dokument',
  reason: 'Przyczyna',
  carrier: 'Przewoźnik',
  tracking: 'Nr przesyłki',
  disposition: 'Postępowanie',
  restock: 'przyjęto na stan',
  quarantine: 'kwarantanna',
  scrap: 'likwidacja',
  damaged: 'uszkodzone',
  'wrong-item': 'zły towar',
  'short-dated': 'krótki termin',
  excess: 'nadmiar',
  no: 'Lp.',
  item: 'Nazwa',
  code: 'Kod',
  vendorCode: 'Kod dostawcy',
  gtin: 'GTIN',
  cnCode: 'CN',
  pkwiu: 'PKWiU',
  quantity: 'Ilość',
  unit: 'J.m.',
  price: 'Cena netto',
  grossPrice: 'Cena brutto',
  discount: 'Rabat',
  tax: 'VAT',
  net: 'Wartość netto',
  gross: 'Wartość brutto',
  ordered: 'Zamówiono',
  stillToCome: 'Do wydania',
  expected: 'Oczekiwano',
  accepted: 'Przyjęto',
  rejected: 'Odrzucono',
  returned: 'Zwrócono',
  change: 'Zmiana',
  counted: 'Policzono',
  picked: 'Pobrano',
  location: 'Lokalizacja',
  lot: 'Partia',
  serials: 'Nr seryjny',
  expires: 'termin ważności',
  promised: 'Termin',
  taxRate: 'Stawka VAT',
  total: 'Suma pozycji',
  totalNet: 'Wartość netto',
  totalTax: 'VAT',
  totalGross: 'Razem brutto',
  netDifference: 'Różnica netto',
  taxDifference: 'Różnica VAT',
  grossDifference: 'Różnica brutto',
  inWords: 'Słownie',
  taxInBase: 'VAT w',
  rate: 'kurs',
  paid: 'Zapłacono',
  credited: 'Skorygowano',
  toPay: 'Do zapłaty',
  toReturn: 'Do zwrotu',
  payment: 'Płatność',
  payUntil: 'Prosimy o zapłatę do',
  bank: 'Bank',
  account: 'Nr rachunku',
  bic: 'BIC',
  title: 'Tytuł przelewu',
  scan: 'Kod do płatności',
  amount: 'Kwota',
  amountReceived: 'Otrzymano',
  amountPaid: 'Zapłacono',
  method: 'Forma płatności',
  document: 'Dokument',
  settled: 'Rozliczono',
  unallocated: 'Nierozliczone',
  openingBalance: 'Saldo początkowe',
  closingBalance: 'Saldo',
  charge: 'Obciążenie',
  credit: 'Uznanie',
  balance: 'Saldo',
  overdue: 'W tym po terminie',
  notes: 'Uwagi',
  issuedBy: 'Wystawił(a): imię i nazwisko, data, podpis',
  receivedBy: 'Odebrał(a): imię i nazwisko, data, podpis',
  deliveredBy: 'Dostarczył(a): imię i nazwisko, data, podpis',
  pickedBy: 'Skompletował(a): imię i nazwisko, data, podpis',
  whoCounts: 'Policzył(a)',
  countedBy: 'Policzył(a): imię i nazwisko, data, podpis',
  exempt: 'zw.',
  notSubject: 'np.',
  reverseCharge: 'oo',
  reverseChargeInFull: 'Odwrotne obciążenie',
  before: 'Przed korektą',
  after: 'Po korekcie',
  difference: 'Różnica',
  'method-bank': 'Przelew',
  'method-cash': 'Gotówka',
  'method-card': 'Karta',
}

/** The languages that documents are worded in. */
export const printLanguages = ['en', 'pl', 'ar', 'he', 'zh'] as const
export type PrintLanguage = (typeof printLanguages)[number]
const words: Record<PrintLanguage, Record<Word, string>> = { en, pl, ar, he, zh }

/** The language that a document is printed in: the first tag that has words, else English. */
export function printLanguage(...tags: readonly (string | null | undefined)[]): PrintLanguage {
  for (const tag of tags) {
    const known = printLanguages.find((language) => tag?.toLowerCase().split('-')[0] === language)
    if (known !== undefined) return known
    // Somebody asked for a language that has no words: better English than the company's own.
    if (tag) return 'en'
  }
  return 'en'
}

/** The language of pages and mails beside the documents, which are in English and Polish only. */
export function pageLanguage(...tags: readonly (string | null | undefined)[]): 'en' | 'pl' {
  return printLanguage(...tags) === 'pl' ? 'pl' : 'en'
}

/** Figures are Latin ones in every language, so that who keeps the books in another reads them. */
const locales: Record<PrintLanguage, string> = {
  en: 'en-GB',
  pl: 'pl',
  ar: 'ar-u-nu-latn-ca-gregory',
  he: 'he',
  zh: 'zh-Hans-CN',
}

/** Words, figures and dates of one language. */
export class Language {
  readonly tag: PrintLanguage
  readonly direction: 'ltr' | 'rtl'
  readonly #locale: string

  constructor(tag: PrintLanguage) {
    this.tag = tag
    this.direction = tag === 'ar' || tag === 'he' ? 'rtl' : 'ltr'
    this.#locale = locales[tag]
  }

  word(word: Word): string {
    return words[this.tag][word]
  }

  /** With exactly `digits` decimals: amounts. */
  amount(value: Figure, digits: number): string {
    return this.#number(value, digits, digits)
  }

  /** Never rounded below what is stored, no zeros at the end: quantities and rates. */
  quantity(value: Figure): string {
    return this.#number(value, 0, 12)
  }

  /** At least the decimals of the currency, more where it has them. */
  price(value: Figure, digits: number): string {
    return this.#number(value, digits, 12)
  }

  /** An amount that says its currency: `EUR 1,234.50`, `1 234,50 zł`. */
  money(value: Figure, currency: string, digits: number): string {
    if (this.direction === 'rtl') return `${currency} ${this.amount(value, digits)}`
    return new Intl.NumberFormat(this.#locale, {
      style: 'currency',
      currency,
      currencyDisplay: this.tag === 'pl' ? 'narrowSymbol' : 'code',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: 'always',
    }).format(value.toFixed() as Intl.StringNumericLiteral)
  }

  /** `24 Nov 2026`, `24.11.2026`: of a calendar date, whatever the zone. */
  date(value: string): string {
    // The way that is the same in every Arabic country, and no calendar but the one of the books.
    if (this.tag === 'ar') return value.split('-').toReversed().join('/')
    const options: Intl.DateTimeFormatOptions =
      this.tag === 'en'
        ? { day: 'numeric', month: 'short', year: 'numeric' }
        : this.tag === 'zh'
          ? { day: 'numeric', month: 'long', year: 'numeric' }
          : { day: '2-digit', month: '2-digit', year: 'numeric' }
    return new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: 'UTC' }).format(
      new Date(`${value}T00:00:00Z`),
    )
  }

  /** The word of a name that comes from outside; one without a word is its own. */
  known(name: string, otherwise: string = name): string {
    return Object.hasOwn(en, name) ? this.word(name as Word) : otherwise
  }

  /** `30 days`, `1 dzień`. */
  days(count: number): string {
    const form = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const
    return new Intl.NumberFormat(this.#locale, form).format(count)
  }

  /**
   * A text that keeps its own direction among right-to-left ones, by its first letter: an address in Latin
   * letters, an account, a number with a dash. As it is in a language that runs from left to right, and where
   * there are letters only, which need no help.
   */
  apart(text: string): string {
    return this.direction === 'ltr' || /^[\p{L}\p{M}\s]*$/u.test(text) ? text : `\u2068${text}\u2069`
  }

  /** `Poland`, `Polska`; the code where it has no name. */
  country(code: string): string {
    return new Intl.DisplayNames(this.#locale, { type: 'region', fallback: 'code' }).of(code) ?? code
  }

  #number(value: Figure, least: number, most: number): string {
    return new Intl.NumberFormat(this.#locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      useGrouping: 'always',
    }).format(value.toFixed() as Intl.StringNumericLiteral)
  }
}

interface Figure {
  toFixed(): string
}

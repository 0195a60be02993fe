import type { Preset } from './presets.ts'

/**
 * The CSV exports of Vtiger CRM, by the labels of its fields (in English, as they are and as its language files show
 * them). A record that refers to another names it, which is why products are found by name too. Documents have a row
 * for each of their items, with what belongs to the document in each of them.
 */

const product = ['Item Name', 'Product Name']
const itemColumns = {
  product,
  description: ['Item Comment'],
  quantity: ['Quantity', 'Item Quantity'],
  unitPrice: ['List Price', 'Selling Price', 'Item Price'],
  lineDiscountPercent: ['Item Discount Percent'],
  lineDiscountAmount: ['Item Discount Amount', 'Item Discount'],
}
const documentColumns = {
  currency: ['Currency'],
  notes: ['Description'],
  status: ['Status'],
}
/** Vtiger writes a currency by its name. */
const currencyWords = {
  'usa, dollars': 'USD',
  euro: 'EUR',
  'poland, zlotych': 'PLN',
  'united kingdom, pounds': 'GBP',
  'switzerland, francs': 'CHF',
  'czech republic, koruny': 'CZK',
  'denmark, kroner': 'DKK',
  'norway, kroner': 'NOK',
  'norway, krone': 'NOK',
  'sweden, kronor': 'SEK',
  'hungary, forint': 'HUF',
  'romania, new lei': 'RON',
  'bulgaria, leva': 'BGN',
  'turkey, new lira': 'TRY',
  'ukraine, hryvnia': 'UAH',
  'canada, dollars': 'CAD',
  'australia, dollars': 'AUD',
  'new zealand, dollars': 'NZD',
  'japan, yen': 'JPY',
  'china, yuan renminbi': 'CNY',
  'hong kong, dollars': 'HKD',
  'singapore, dollars': 'SGD',
  'india, rupees': 'INR',
  'brazil, reais': 'BRL',
  'mexico, pesos': 'MXN',
  'south africa, rand': 'ZAR',
}
const organisation = ['Organization Name', 'Account Name']
const item = [product, ['Quantity', 'Item Quantity'], ['List Price', 'Selling Price', 'Item Price']]

/** Whatever has ended is not open; the rest is. */
const orderWords = {
  created: 'confirmed',
  approved: 'confirmed',
  sent: 'confirmed',
  'sent to customer': 'confirmed',
  delivered: 'closed',
  'received shipment': 'closed',
  cancelled: 'closed',
  canceled: 'closed',
}
const invoiceWords = {
  autocreated: 'posted',
  created: 'draft',
  approved: 'posted',
  sent: 'posted',
  'credit invoice': 'closed',
  paid: 'closed',
  cancel: 'closed',
  cancelled: 'closed',
  canceled: 'closed',
}

const address = (of: string) => ({
  line1: [`${of} Address`, `${of} Street`],
  line2: [`${of} PO Box`, `${of} Po Box`],
  city: [`${of} City`],
  region: [`${of} State`],
  postalCode: [`${of} Postal Code`, `${of} Code`, `${of} Zip`],
  country: [`${of} Country`],
})

export const vtigerPresets: readonly Preset[] = [
  {
    name: 'vtiger-organizations',
    title: 'Vtiger: organizations',
    what: 'parties',
    signs: [organisation, ['Organization Number', 'Account No', 'Organization No'], ['Billing City']],
    columns: {
      code: ['Organization Number', 'Organization No', 'Account No'],
      name: organisation,
      phone: ['Primary Phone', 'Phone'],
      email: ['Primary Email', 'Email'],
      website: ['Website'],
      ...address('Billing'),
      notes: ['Description'],
    },
    constants: { customer: true },
  },
  {
    name: 'vtiger-vendors',
    title: 'Vtiger: vendors',
    what: 'parties',
    signs: [['Vendor Name'], ['Vendor Number', 'Vendor No'], ['GL Account'], ['Street']],
    columns: {
      code: ['Vendor Number', 'Vendor No'],
      name: ['Vendor Name'],
      phone: ['Primary Phone', 'Phone'],
      email: ['Primary Email', 'Email'],
      website: ['Website'],
      line1: ['Street'],
      line2: ['PO Box', 'Po Box'],
      city: ['City'],
      region: ['State'],
      postalCode: ['Postal Code'],
      country: ['Country'],
      notes: ['Description'],
    },
    constants: { vendor: true },
  },
  {
    name: 'vtiger-contacts',
    title: 'Vtiger: contacts',
    what: 'contacts',
    signs: [['Last Name'], ['First Name'], ['Contact Number', 'Contact No', 'Contact Id'], ['Mailing City']],
    columns: {
      party: organisation,
      firstName: ['First Name'],
      name: ['Last Name'],
      role: ['Title'],
      email: ['Primary Email', 'Email'],
      phone: ['Office Phone', 'Mobile Phone', 'Mobile'],
    },
  },
  {
    name: 'vtiger-products',
    title: 'Vtiger: products',
    what: 'products',
    signs: [['Product Name'], ['Product Number', 'Product No'], ['Usage Unit'], ['Unit Price']],
    columns: {
      sku: ['Product Number', 'Product No'],
      name: ['Product Name'],
      description: ['Description'],
      category: ['Product Category'],
      unit: ['Usage Unit'],
      salesPrice: ['Unit Price'],
      purchasePrice: ['Purchase Cost'],
    },
  },
  {
    name: 'vtiger-stock',
    title: 'Vtiger: quantities in stock, of its products',
    what: 'opening-stock',
    signs: [
      ['Product Name'],
      ['Product Number', 'Product No'],
      ['Quantity In Stock', 'Qty In Stock', 'Qty. in Stock'],
    ],
    columns: {
      sku: ['Product Number', 'Product No'],
      quantity: ['Quantity In Stock', 'Qty In Stock', 'Qty. in Stock'],
      unitCost: ['Purchase Cost'],
    },
  },
  {
    name: 'vtiger-price-books',
    title: 'Vtiger: price books',
    what: 'price-books',
    signs: [
      ['Price Book Name', 'PriceBook Name'],
      ['Price Book Number', 'PriceBook No', 'Price Book No'],
    ],
    columns: {
      book: ['Price Book Name', 'PriceBook Name'],
      currency: ['Currency'],
      product: ['Related To', 'Related Products', ...product],
      price: ['List Price', 'Book Price'],
      notes: ['Description'],
    },
    words: { currency: currencyWords },
  },
  {
    name: 'vtiger-sales-orders',
    title: 'Vtiger: sales orders',
    what: 'sales-orders',
    signs: [['SalesOrder Number', 'SalesOrder No', 'Sales Order Number', 'Sales Order No'], ...item],
    columns: {
      number: ['SalesOrder Number', 'SalesOrder No', 'Sales Order Number', 'Sales Order No'],
      party: [...organisation, 'Contact Name'],
      expectedDate: ['Due Date'],
      ...documentColumns,
      discountPercent: ['Discount Percent'],
      discountAmount: ['Discount Amount'],
      ...itemColumns,
    },
    words: { status: orderWords, currency: currencyWords },
  },
  {
    name: 'vtiger-quotes',
    title: 'Vtiger: quotes, as drafts of sales orders',
    what: 'sales-orders',
    signs: [['Quote Number', 'Quote No'], ['Quote Stage'], ...item],
    columns: {
      number: ['Quote Number', 'Quote No'],
      party: [...organisation, 'Contact Name'],
      ...documentColumns,
      status: ['Quote Stage'],
      discountPercent: ['Discount Percent'],
      discountAmount: ['Discount Amount'],
      ...itemColumns,
    },
    words: {
      currency: currencyWords,
      status: {
        created: 'draft',
        delivered: 'draft',
        reviewed: 'draft',
        accepted: 'draft',
        rejected: 'closed',
      },
    },
  },
  {
    name: 'vtiger-purchase-orders',
    title: 'Vtiger: purchase orders',
    what: 'purchase-orders',
    signs: [
      ['PurchaseOrder Number', 'PurchaseOrder No', 'Purchase Order Number', 'Purchase Order No'],
      ['Vendor Name'],
      ...item,
    ],
    columns: {
      number: ['PurchaseOrder Number', 'PurchaseOrder No', 'Purchase Order Number', 'Purchase Order No'],
      party: ['Vendor Name'],
      expectedDate: ['Due Date'],
      ...documentColumns,
      discountPercent: ['Discount Percent'],
      discountAmount: ['Discount Amount'],
      ...itemColumns,
    },
    words: { status: orderWords, currency: currencyWords },
  },
  {
    name: 'vtiger-invoices',
    title: 'Vtiger: invoices, with what is open of them',
    what: 'open-invoices',
    signs: [['Invoice Number', 'Invoice No'], ['Invoice Date'], organisation, ['Balance']],
    columns: {
      number: ['Invoice Number', 'Invoice No'],
      party: [...organisation, 'Contact Name'],
      date: ['Invoice Date'],
      dueDate: ['Due Date'],
      openAmount: ['Balance'],
      ...documentColumns,
    },
    words: { status: invoiceWords, currency: currencyWords },
  },
]

/**
 * Who may do what, in one table. A permission is `area:verb`; document kinds are areas of their own
 * (see kinds.ts). Deny by default: a role has what stands here and nothing else.
 */
export const roles = [
  'owner',
  'sales',
  'purchasing',
  'warehouse',
  'accounting',
  'viewer',
  'customer',
] as const
export type Role = (typeof roles)[number]

const salesDocuments = [
  'sales-order',
  'delivery-note',
  'sales-return',
  'invoice',
  'credit-note',
  'stock-reservation',
] as const
const purchaseDocuments = [
  'purchase-order',
  'receipt-note',
  'purchase-return',
  'bill',
  'vendor-credit',
] as const
const stockDocuments = ['stock-adjustment', 'stock-transfer'] as const
const documents = [...salesDocuments, ...purchaseDocuments, ...stockDocuments, 'payment'] as const
const masterData = [
  'products',
  'price-books',
  'parties',
  'warehouses',
  'lots',
  'taxes',
  'currencies',
  'exchange-rates',
  'stock',
] as const
/** Links that show customers their documents, and what they answered by them. */
const portal = ['portal-links'] as const
/** What was sent by mail; each mail is seen by whoever may read the documents that it is about. */
const mail = ['mails'] as const
/** Files that are imported; what is in them needs its own permission besides. */
const files = ['imports'] as const
/** What everybody keeps for himself, customers' logins excepted: they write nothing. */
const personal = ['views', 'notices'] as const
/** What waits for somebody's yes; who may answer it, the question says (automation/approvals). */
const approvals = ['approvals'] as const
/** What is made again and again; each schedule besides asks for what its documents ask for. */
const recurring = ['recurring'] as const
const administration = [
  'company',
  'users',
  'api-keys',
  'audit',
  'events',
  'number-series',
  'webhooks',
  'rules',
] as const

type Document = (typeof documents)[number]
/** What a permission is about: a kind of document, or something else that has a name of its own. */
export type Area =
  | Document
  | (typeof masterData)[number]
  | (typeof personal)[number]
  | (typeof portal)[number]
  | (typeof mail)[number]
  | (typeof files)[number]
  | (typeof approvals)[number]
  | (typeof recurring)[number]
  | (typeof administration)[number]
/**
 * read; write: make, change and delete drafts or master data; post: confirm, post, release and everything
 * else that moves stock or money; cancel: cancel, close, reverse.
 */
export type Verb = 'read' | 'write' | 'post' | 'cancel'
export type Permission = `${Area}:${Verb}` | 'member' | 'public' | 'portal'

const verbs: readonly Verb[] = ['read', 'write', 'post', 'cancel']

function grant(areas: readonly Area[], allowed: readonly Verb[]): Permission[] {
  return areas.flatMap((area) => allowed.map((verb): Permission => `${area}:${verb}`))
}

const readAll = [
  ...grant([...documents, ...masterData, ...mail, ...recurring], ['read']),
  ...grant([...personal, ...approvals], ['read', 'write']),
]
const everything = grant(
  [
    ...documents,
    ...masterData,
    ...personal,
    ...portal,
    ...mail,
    ...files,
    ...approvals,
    ...recurring,
    ...administration,
  ],
  verbs,
)

export const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(everything),
  sales: new Set([
    ...readAll,
    ...grant(['sales-order', 'sales-return', 'stock-reservation', 'delivery-note'], verbs),
    ...grant(['invoice', 'credit-note'], ['write']),
    ...grant(['parties', 'price-books', ...mail, ...files, ...recurring], ['write']),
    ...grant(portal, ['read', 'write']),
  ]),
  purchasing: new Set([
    ...readAll,
    ...grant(['purchase-order', 'purchase-return', 'receipt-note'], verbs),
    ...grant(['bill', 'vendor-credit'], ['write']),
    ...grant(['parties', 'products', 'price-books', ...mail, ...files, ...recurring], ['write']),
  ]),
  warehouse: new Set([
    ...readAll.filter((p) => !/^(invoice|bill|credit-note|vendor-credit|payment|price-books):/.test(p)),
    ...grant(['delivery-note', 'receipt-note', 'sales-return', 'purchase-return', ...stockDocuments], verbs),
    ...grant(['lots', 'warehouses', ...mail, ...files], ['write']),
  ]),
  accounting: new Set([
    ...readAll,
    ...grant(['invoice', 'bill', 'credit-note', 'vendor-credit', 'payment'], verbs),
    ...grant(['taxes', 'currencies', 'exchange-rates', 'parties', 'number-series'], ['read', 'write']),
    ...grant(['audit'], ['read']),
    ...grant([...mail, ...files, ...recurring], ['write']),
    ...grant(portal, ['read', 'write']),
  ]),
  viewer: new Set(readAll),
  // A customer's login; the database shows it its own party's documents only (S39).
  customer: new Set(
    grant(['sales-order', 'delivery-note', 'sales-return', 'invoice', 'credit-note', 'payment'], ['read']),
  ),
}

/** `member` is anyone signed in to the company, `public` anyone at all, `portal` who comes by a customer's link. */
export function may(granted: ReadonlySet<Permission>, permission: Permission): boolean {
  return permission === 'public' || permission === 'member' || granted.has(permission)
}

export const allPermissions: readonly Permission[] = everything

import { lazyPage } from './lazy-page.ts'
import { companyRoute } from './company-route.tsx'

/**
 * THE table of pages below `/c/$slug`. A page is one lazy module at pages/<room>/<page>.tsx whose default
 * export is its component; a `loader` beside it starts its questions while its code is on the way. The lists,
 * documents and forms of all kinds are the three lines with `$list` (`/sales-orders`, `/sales-orders/new`,
 * `/sales-orders/$id`); a line that names a path takes precedence over them.
 */
export const companyPages = [
  lazyPage(companyRoute, '/', () => import('../pages/home/home.tsx')),
  lazyPage(companyRoute, '/account', () => import('../pages/account/account.tsx')),
  lazyPage(companyRoute, '/products', () => import('../pages/products/list.tsx')),
  lazyPage(companyRoute, '/products/new', () => import('../pages/products/new.tsx')),
  lazyPage(companyRoute, '/products/$id', () => import('../pages/products/page.tsx')),
  lazyPage(companyRoute, '/products/$id/edit', () => import('../pages/products/edit.tsx')),
  lazyPage(companyRoute, '/payments/new', () => import('../pages/money/payment.tsx')),
  lazyPage(companyRoute, '/receivables', () => import('../pages/money/receivables.tsx')),
  lazyPage(companyRoute, '/payables', () => import('../pages/money/payables.tsx')),
  lazyPage(companyRoute, '/customers', () => import('../pages/parties/customers.tsx')),
  lazyPage(companyRoute, '/vendors', () => import('../pages/parties/vendors.tsx')),
  lazyPage(companyRoute, '/parties/new', () => import('../pages/parties/new.tsx')),
  lazyPage(companyRoute, '/parties/$id', () => import('../pages/parties/page.tsx')),
  lazyPage(companyRoute, '/parties/$id/edit', () => import('../pages/parties/edit.tsx')),
  lazyPage(companyRoute, '/stock/levels', () => import('../pages/stock/levels.tsx')),
  lazyPage(companyRoute, '/stock/moves', () => import('../pages/stock/moves.tsx')),
  lazyPage(companyRoute, '/price-books', () => import('../pages/price-books/list.tsx')),
  lazyPage(companyRoute, '/price-books/new', () => import('../pages/price-books/new.tsx')),
  lazyPage(companyRoute, '/price-books/which', () => import('../pages/price-books/which.tsx')),
  lazyPage(companyRoute, '/price-books/$id', () => import('../pages/price-books/page.tsx')),
  lazyPage(companyRoute, '/price-books/$id/edit', () => import('../pages/price-books/edit.tsx')),
  lazyPage(companyRoute, '/settings', () => import('../pages/settings/index.tsx')),
  lazyPage(companyRoute, '/settings/company', () => import('../pages/settings/company.tsx')),
  lazyPage(companyRoute, '/settings/numbering', () => import('../pages/settings/numbering.tsx')),
  lazyPage(companyRoute, '/settings/orders', () => import('../pages/settings/orders.tsx')),
  lazyPage(companyRoute, '/settings/payments', () => import('../pages/settings/payments.tsx')),
  lazyPage(companyRoute, '/settings/users', () => import('../pages/settings/users.tsx')),
  lazyPage(companyRoute, '/settings/users/$id', () => import('../pages/settings/person.tsx')),
  lazyPage(companyRoute, '/settings/roles', () => import('../pages/settings/roles.tsx')),
  lazyPage(companyRoute, '/settings/security', () => import('../pages/settings/security.tsx')),
  lazyPage(companyRoute, '/settings/api-keys', () => import('../pages/settings/api-keys.tsx')),
  lazyPage(companyRoute, '/settings/audit', () => import('../pages/settings/audit.tsx')),
  lazyPage(companyRoute, '/settings/data', () => import('../pages/settings/data.tsx')),
  lazyPage(companyRoute, '/$list', () => import('../pages/documents/list.tsx')),
  lazyPage(companyRoute, '/$list/new', () => import('../pages/editor/new.tsx')),
  lazyPage(companyRoute, '/$list/$id', () => import('../pages/documents/document.tsx')),
  lazyPage(companyRoute, '/$list/$id/edit', () => import('../pages/editor/edit.tsx')),
] as const

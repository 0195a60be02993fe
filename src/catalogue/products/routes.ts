import { archiveRoutes } from '../../http/archive-routes.ts'
import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page, rowIds } from '../../http/schemas.ts'
import { archiving } from '../../journal/archive.ts'
import { readBack } from '../../kernel/transaction.ts'
import { changeProduct } from './change-product.ts'
import { createProducts } from './create-products.ts'
import { deleteProduct } from './delete-product.ts'
import { countProducts, listProducts } from './list-products.ts'
import { loadProduct } from './load-product.ts'
import { matchCodes } from './match-codes.ts'
import { CodesOut, CodesQuestion, ProductBody, ProductOut, ProductPatch, productFilters } from './schema.ts'

const tag = 'Products'

export const productRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/products',
    summary: 'List products',
    description:
      'Archived ones only when asked for. Sorts by name, sku, category, salesPrice, purchasePrice, createdAt and id; a search without a sort shows exact spellings first.',
    tag,
    permission: 'products:read',
    query: object({ ...listQuery, ids: rowIds, ...productFilters }),
    response: page(ProductOut),
    handle: (tx, { query, ctx }) => listProducts(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/products/count',
    summary: 'Count products',
    tag,
    permission: 'products:read',
    query: object({ q: listQuery.q, ...productFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countProducts(tx, ctx.company.id, query),
  }),
  route({
    method: 'POST',
    path: '/products/match',
    summary: 'Products that many codes name exactly',
    description:
      'By sku, barcode (of the product or a unit), or the code of a vendor: for scanners and pasted lines. Changes nothing.',
    tag,
    permission: 'products:read',
    readOnly: true,
    body: CodesQuestion,
    response: CodesOut,
    example: { body: { codes: ['CB-14', '5901234123457'] } },
    handle: (tx, { body, ctx }) => matchCodes(tx, ctx.company.id, body.codes, body.partyId ?? null),
  }),
  route({
    method: 'GET',
    path: '/products/{id}',
    summary: 'Get a product with its units and vendors',
    tag,
    permission: 'products:read',
    params: IdParams,
    response: ProductOut,
    handle: (tx, { params, ctx }) => loadProduct(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/products',
    summary: 'Make a product',
    tag,
    permission: 'products:write',
    body: ProductBody,
    response: ProductOut,
    status: 201,
    example: {
      body: {
        sku: 'CB-14',
        name: 'Laptop 14',
        type: 'stocked',
        unit: 'pcs',
        salesPrice: '899.00',
        units: [{ unit: 'box', numerator: 12 }],
      },
    },
    async handle(tx, { body, ctx }) {
      const [id] = await createProducts(tx, ctx, [body], () => '')
      return readBack(() => loadProduct(tx, ctx.company.id, id!))
    },
  }),
  route({
    method: 'PATCH',
    path: '/products/{id}',
    summary: 'Change fields of a product',
    description: 'Lists (units, vendors, taxIds) are replaced as a whole.',
    tag,
    permission: 'products:write',
    params: IdParams,
    body: ProductPatch,
    response: ProductOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeProduct(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadProduct(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/products/{id}',
    summary: 'Delete a product that nothing uses',
    tag,
    permission: 'products:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteProduct(tx, ctx, params.id, ifMatch),
  }),
  ...archiveRoutes({
    path: '/products',
    name: 'product',
    tag,
    permission: 'products:write',
    response: ProductOut,
    setArchived: archiving('products', 'product'),
    load: loadProduct,
  }),
]

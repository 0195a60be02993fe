import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { Id, IdParams, MomentOut, object, optional, text } from '../../http/schemas.ts'
import {
  addAttachment,
  changeAttachment,
  deleteAttachment,
  largestFile,
  listAttachments,
  readAttachment,
} from './attachments.ts'
import { type Owner, owners, requireOwner } from './owners.ts'

const tag = 'files'
const FileParams = Type.Object({ id: Id, fileId: Id })
export const FileOut = object({
  id: Id,
  name: Type.String(),
  type: Type.String({ description: 'Found in the content.' }),
  bytes: Type.Integer(),
  sha256: Type.String(),
  sendWithDocument: Type.Boolean({ description: 'It goes out with the document; customers see it too.' }),
  version: Type.Integer(),
  createdBy: Type.String(),
  createdAt: MomentOut,
})
const Name = text(200, { description: 'With its ending. Folders and control signs are left out of it.' })

function routesOf(owner: Owner): AnyRoute[] {
  const { path, title } = owner
  return [
    route({
      method: 'GET',
      path: `/${path}/{id}/files`,
      summary: `The files of a ${title}`,
      tag,
      permission: owner.read,
      params: IdParams,
      response: object({ items: Type.Array(FileOut) }),
      handle: async (tx, { ctx, params }) => {
        await requireOwner(tx, ctx, owner, params.id)
        return { items: await listAttachments(tx, ctx, owner, params.id) }
      },
    }),
    route({
      method: 'POST',
      path: `/${path}/{id}/files`,
      summary: `Attach a file to a ${title}: the body is the file, of at most 10 MiB`,
      description: 'What it is, its content says; see docs/attachments.md for what is taken.',
      tag,
      permission: owner.write,
      params: IdParams,
      query: Type.Object({ name: Name, sendWithDocument: optional(Type.Boolean()) }),
      upload: largestFile,
      response: FileOut,
      handle: async (tx, { ctx, params, query, body }) => {
        await requireOwner(tx, ctx, owner, params.id)
        return addAttachment(tx, ctx, owner, params.id, {
          name: query.name,
          content: body as unknown as Buffer,
          sendWithDocument: query.sendWithDocument ?? false,
        })
      },
    }),
    route({
      method: 'GET',
      path: `/${path}/{id}/files/{fileId}`,
      summary: `A file of a ${title}, byte for byte`,
      tag,
      permission: owner.read,
      params: FileParams,
      response: undefined,
      file: '*/*',
      handle: async (tx, { ctx, params }) => {
        await requireOwner(tx, ctx, owner, params.id)
        return readAttachment(tx, ctx, owner, params.id, params.fileId)
      },
    }),
    route({
      method: 'PATCH',
      path: `/${path}/{id}/files/{fileId}`,
      summary: `Rename a file of a ${title}, or say whether it goes out with it`,
      tag,
      permission: owner.write,
      params: FileParams,
      body: object({ name: optional(Name), sendWithDocument: optional(Type.Boolean()) }),
      response: FileOut,
      handle: async (tx, { ctx, params, body, ifMatch }) => {
        await requireOwner(tx, ctx, owner, params.id)
        return changeAttachment(tx, ctx, owner, params.id, params.fileId, body, ifMatch)
      },
    }),
    route({
      method: 'DELETE',
      path: `/${path}/{id}/files/{fileId}`,
      summary: `Take a file away from a ${title}; the audit trail keeps that it was there`,
      tag,
      permission: owner.write,
      params: FileParams,
      response: undefined,
      status: 204,
      handle: async (tx, { ctx, params }) => {
        await requireOwner(tx, ctx, owner, params.id)
        return deleteAttachment(tx, ctx, owner, params.id, params.fileId)
      },
    }),
  ]
}

export const attachmentRoutes: AnyRoute[] = owners.flatMap(routesOf)

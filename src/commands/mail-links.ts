import type { LinkOf } from '../mail/index.ts'
import { makePortalLink, portalKinds } from '../portal/index.ts'

/**
 * The links that mails show: to the one document that a mail is about, or to everything of the customer. A
 * link is made when the mail is sent and stands nowhere but in the mail.
 */
export function linksOfMails(baseUrl: string): LinkOf {
  return async (tx, ctx, { partyId, documents }) => {
    const [first, ...others] = documents
    if (partyId === null || first === undefined) return null
    const kind = portalKinds.find((each) => each === first.kind)
    if (kind === undefined) return null
    const target = others.length > 0 ? { partyId } : { kind, documentId: first.id }
    const { path } = await makePortalLink(tx, ctx, target)
    return `${baseUrl}${path}`
  }
}

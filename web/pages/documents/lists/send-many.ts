import { msg } from '@lingui/core/macro'
import { type AnyKind, kinds, permissionFor } from '../../../../src/kinds.ts'
import { type SentMail, api } from '../../../api/index.ts'
import type { BulkAction } from '../../../patterns/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'

interface Recipients {
  readonly items: readonly {
    readonly id: string
    readonly hindrances: readonly { readonly message: string }[]
  }[]
}

/** Documents of one question whom they would go to. */
const asked = 1000

/** Mails each of many documents as its page would, with nothing changed; none of what is sent to nobody. */
export function sendMany(kind: AnyKind): readonly BulkAction<{ readonly id: string }>[] {
  const sent = kind === 'payment' || (kind !== 'stock-reservation' && kinds[kind].side !== null)
  if (!sent) return []
  const path = `/${pathOfKind(kind)}`
  return [
    {
      id: 'send',
      label: msg`Send`,
      permission: permissionFor(kind, 'write'),
      explains: msg`Each goes to the contacts that are written to about it, in the words of its template, with its PDF.`,
      async foresee(rows) {
        const refused = new Map<string, string>()
        for (let at = 0; at < rows.length; at += asked) {
          const ids = rows.slice(at, at + asked).map(({ id }) => id)
          const { items } = await api.post<Recipients>(`${path}/recipients`, { ids })
          for (const { id, hindrances } of items)
            if (hindrances[0] !== undefined) refused.set(id, hindrances[0].message)
        }
        return refused
      },
      async run({ id }, { key, company }) {
        const { mail } = await api.post<SentMail>(`${path}/${id}/send`, {}, { key, company })
        return { label: mail.to.join(', '), href: `/mails/${mail.id}` }
      },
    },
  ]
}

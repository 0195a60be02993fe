import { useLingui } from '@lingui/react/macro'
import type { AnyKind } from '../../../src/kinds.ts'
import type { ItemOf } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { kindWords } from '../../ui/kinds.ts'

/** So many are named in a row; the mail itself names them all. */
const mostNamed = 3

/** The documents that a mail is about. */
export function About({ documents }: Pick<ItemOf<'mails'>, 'documents'>) {
  const { i18n } = useLingui()
  const more = documents.length - mostNamed
  return (
    <>
      {documents.slice(0, mostNamed).map((each, at) => (
        <span key={each.id}>
          {at > 0 && ', '}
          <PageLink href={documentHref(each.kind as AnyKind, each.id)} size="sm">
            {each.number ?? i18n._(kindWords[each.kind as AnyKind].one)}
          </PageLink>
        </span>
      ))}
      {more > 0 && ` +${more}`}
    </>
  )
}

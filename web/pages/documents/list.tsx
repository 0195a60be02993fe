import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { NotFoundPage, PageTitle } from '../../page/index.ts'
import { kindOfPath, kindWords } from '../../ui/kinds.ts'

export default function List() {
  const { i18n } = useLingui()
  const { list } = useParams({ strict: false })
  const kind = kindOfPath(list ?? '')
  if (kind === null) return <NotFoundPage />
  return <PageTitle title={i18n._(kindWords[kind].many)} />
}

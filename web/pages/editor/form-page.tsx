import { useLingui } from '@lingui/react/macro'
import { Alert, Button, Skeleton, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useId } from 'react'
import { isProblem } from '../../api/index.ts'
import { NotFoundPage, PageTitle } from '../../page/index.ts'
import { useCompany, useToday } from '../../session/index.ts'
import { kindOfPath, kindWords, pathOfKind } from '../../ui/kinds.ts'
import { Editor } from './editor.tsx'
import { editorKind } from './editor-kind.ts'
import { loadDraft, loadNew } from './load.ts'

/** The form for a new document, or for the draft of the address. */
export function FormPage({ id }: { readonly id: string | null }) {
  const { i18n, t } = useLingui()
  const { list = '' } = useParams({ strict: false })
  const client = useQueryClient()
  const company = useCompany()
  const today = useToday()
  // Read once for this visit: nothing reloads under an open edit.
  const visit = useId()
  const editor = editorKind(kindOfPath(list))
  const loaded = useQuery({
    queryKey: ['editor', company.slug, list, id, visit],
    enabled: editor !== null,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () =>
      id === null
        ? loadNew(client, editor!, { ...company, today })
        : loadDraft(client, editor!, pathOfKind(editor!.kind), id),
  })
  if (editor === null) return <NotFoundPage />
  if (loaded.isError) {
    if (isProblem(loaded.error, 404)) return <NotFoundPage />
    return (
      <Stack>
        <PageTitle title={i18n._(kindWords[editor.kind].one)} />
        <Alert color="red" role="alert">
          {loaded.error.message}
        </Alert>
        <Button w="fit-content" onClick={() => void loaded.refetch()}>{t`Try again`}</Button>
      </Stack>
    )
  }
  if (loaded.data === undefined) {
    return (
      <Stack>
        <PageTitle title={i18n._(id === null ? kindWords[editor.kind].create : kindWords[editor.kind].one)} />
        <Skeleton height={140} />
        <Skeleton height={240} />
      </Stack>
    )
  }
  return <Editor key={`${list} ${id}`} editor={loaded.data.editor} loaded={loaded.data} />
}

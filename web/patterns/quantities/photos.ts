import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { newKey, upload } from '../../api/index.ts'
import { notify } from '../../ui/notify.tsx'
import { filesQuery } from '../files/files-query.ts'

/** A photo with the name that it gets among the files of the document. */
export interface Photo {
  readonly name: string
  readonly file: File
}

/**
 * Attaches photos to a document that has just been made. One that could not be sent takes those after it along: they are
 * offered once more, under the same key, for the document stands without them.
 * @returns takes the place of the document in the API: `/receipt-notes/…`
 */
export function useAttachPhotos(): (place: string, photos: readonly Photo[]) => Promise<void> {
  const { t } = useLingui()
  const client = useQueryClient()
  const attach = async (
    place: string,
    photos: readonly (Photo & { readonly key: string })[],
  ): Promise<void> => {
    let sent = 0
    try {
      for (const { file, name, key } of photos) {
        await upload('POST', `${place}/files`, file, { query: { name }, key })
        sent++
      }
    } catch (failure) {
      const left = photos.slice(sent)
      notify.error((failure as Error).message, t`Photos could not be attached`, {
        label: t`Try again`,
        run: () => void attach(place, left),
      })
    }
    await client.invalidateQueries({ queryKey: filesQuery(place).queryKey })
  }
  return (place, photos) =>
    photos.length === 0
      ? Promise.resolve()
      : attach(
          place,
          photos.map((photo) => ({ ...photo, key: newKey() })),
        )
}

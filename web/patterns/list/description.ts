import type { MessageDescriptor } from '@lingui/core'
import type { ComponentType, ReactNode } from 'react'
import type { Reading } from '../../../src/exchange/views/readings.ts'
import type { Permission } from '../../../src/permissions.ts'
import type { Query, Resource } from '../../api/index.ts'

/** Everything in which one list differs from another; `ListPage` does the rest. */
export interface ListDescription<Row> {
  /** The list in the API: rows from `/<resource>`, their number from `/<resource>/count` where it has one. */
  readonly resource: Resource
  readonly title: MessageDescriptor
  /** The name under which views are saved and columns remembered; the resource unless given. */
  readonly id?: string
  /** Always sent: what makes this list one of several of the same resource. */
  readonly fixed?: Query
  readonly idOf: (row: Row) => string
  /** Address of a row below the company: `/products/…`. */
  readonly hrefOf: (row: Row) => string
  /** The row in a few words, for screen readers and dialogs. */
  readonly labelOf: (row: Row) => string
  /** The first one is the link and always shown. */
  readonly columns: readonly ListColumn<Row>[]
  readonly filters: readonly ListFilter[]
  /** The first one is shown when the address names none. */
  readonly views: readonly BuiltInView[]
  /** Three lines of a card on a phone. */
  readonly card: (row: Row) => ListCard
  /** What a column shows under the pointer of the row (`Space`); left out: no peek. */
  readonly peek?: (row: Row) => ReactNode
  readonly bulk?: readonly BulkAction<Row>[]
  /** Done to all that are chosen at once, in a dialog of their own. */
  readonly together?: readonly TogetherAction<Row>[]
  /** For the totals of a bulk action. */
  readonly amountOf?: (row: Row) => { readonly amount: string; readonly currency: string } | null
  /** False where rows have no ids in the order in which they were made; others' new ones are not told then. */
  readonly grows?: boolean
  /** False where the API cannot count. */
  readonly countable?: boolean
  readonly empty: EmptyWords
  readonly create?: {
    readonly label: MessageDescriptor
    readonly href: string
    readonly permission: Permission
  }
  /** False: `q` is not a parameter of this list. */
  readonly searchable?: boolean
  /** In the empty search field: 'Number, customer, reference'. */
  readonly searchHint?: MessageDescriptor
}

/** Said of a list without rows; see ux 2.5. */
export interface EmptyWords {
  /** Nothing was ever made. */
  readonly what: MessageDescriptor
  readonly fills: MessageDescriptor
  /** There are some, and none is shown: 'No invoices match'. */
  readonly none: MessageDescriptor
}

/**
 * A column, and what a file of the list shows for it: the field whose value it is, or what stands there instead. One
 * of them must be said, so that no column that is shown stays out of the file.
 */
export type ListColumn<Row> = ShownColumn<Row> &
  ({ readonly path: string; readonly file?: never } | { readonly path?: never; readonly file: ColumnFile })

export interface ShownColumn<Row> {
  readonly id: string
  readonly label: MessageDescriptor
  readonly cell: (row: Row) => ReactNode
  /** The API's name of the sort; left out: the column cannot be sorted by. */
  readonly sort?: string
  /** Figures stand at the right. */
  readonly align?: 'right'
  /** Only shown when it is chosen. */
  readonly hidden?: boolean
  /** Who may not do this is not told of the column: for them the API leaves its field empty. */
  readonly permission?: Permission
  /** What stands in it, and so how wide it is; left out: figures where they stand at the right, else a few words. */
  readonly width?: ColumnWidth
  /** Takes what is left of the width. */
  readonly grow?: boolean
  /** What stands in the file for a value of its field, and how wide a status can be. */
  readonly words?: Words
}

type Words = Readonly<Record<string, MessageDescriptor>>

/** One column of the file, under the head of the list's unless it has its own; or several. */
export type ColumnFile = FileColumn | readonly FileColumn[]
export interface FileColumn extends FileSource {
  readonly label?: MessageDescriptor
  /** What stands there where the field says nothing, in turn. */
  readonly or?: readonly FileSource[]
}
export interface FileSource {
  /** The field of the API's row, such as `party.name`. */
  readonly path: string
  readonly words?: Words
  /** How the field is read that is not shown as it stands. */
  readonly as?: Reading
  /** Shown only in rows whose fields have one of these values. */
  readonly when?: Readonly<Record<string, readonly string[]>>
}

/** See `column-layout.ts`. A status is as wide as the longest of its `words`. */
export type ColumnWidth =
  | 'code'
  | 'short'
  | 'date'
  /** A date that may have passed. */
  | 'due'
  /** A date with its time. */
  | 'moment'
  | 'money'
  | 'figure'
  /** A small number. */
  | 'count'
  | 'status'
  | 'word'
  | 'text'
  | 'long'

interface FilterBase {
  /** Name in the address, and of the API's parameter. */
  readonly id: string
  readonly label: MessageDescriptor
}
export type ListFilter =
  | (FilterBase & {
      readonly type: 'choice'
      readonly choices: readonly {
        readonly value: string
        readonly label: MessageDescriptor
        /** What the API is asked for it, where that is not this value of the parameter of the filter's name. */
        readonly query?: Readonly<Record<string, string>>
      }[]
    })
  | (FilterBase & { readonly type: 'flag' | 'text' | 'product' | 'warehouse' })
  | (FilterBase & { readonly type: 'party'; readonly role?: 'customer' | 'vendor' })
  /** A date; `from` and `to` are the API's parameters. */
  | (FilterBase & { readonly type: 'period'; readonly from: string; readonly to: string })
  /** An amount in each row's own currency; `from` and `to` are the API's parameters. */
  | (FilterBase & { readonly type: 'amount'; readonly from: string; readonly to: string })

export interface BuiltInView {
  readonly id: string
  readonly label: MessageDescriptor
  /** Filter values by id; also `q`, `sort` and `columns`. */
  readonly query: Readonly<Record<string, string>>
}

export interface ListCard {
  readonly title: ReactNode
  readonly badge?: ReactNode
  readonly second?: ReactNode
  readonly left?: ReactNode
  readonly right?: ReactNode
}

/** Something that is done to many rows, one after the other. */
export interface BulkAction<Row> {
  readonly id: string
  readonly label: MessageDescriptor
  readonly permission?: Permission
  /**
   * Does it to one row, in this company whichever is shown by then, with a key that stays the same when it is
   * tried again. A refusal is thrown.
   */
  readonly run: (row: Row, options: BulkCall) => Promise<BulkResult>
  /** Left out: the action is for every row. It is shown where one that is chosen fits; the others it skips. */
  readonly fits?: (row: Row) => boolean
  /** What the server would refuse, as far as it is known before it is done: its reason by the id of the row. */
  readonly foresee?: (rows: readonly Row[]) => Promise<ReadonlyMap<string, string>>
  /** What it does to each, in a sentence. */
  readonly explains?: MessageDescriptor
}
/** Something that is done to many rows as one; the dialog is loaded when it is asked for. */
export interface TogetherAction<Row> {
  readonly id: string
  readonly label: MessageDescriptor
  readonly permission?: Permission
  readonly dialog: ComponentType<{ readonly rows: readonly Row[]; readonly onClose: () => void }>
}
export interface BulkCall {
  readonly key: string
  readonly company: string | null
}
export interface BulkResult {
  /** What came of it: a number. */
  readonly label?: string | null
  /** Below the company. */
  readonly href?: string
}

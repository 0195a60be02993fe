import { presentCount } from '../counts/index.ts'
import type { FileAnswer } from '../http/file-answer.ts'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findHouse } from './house.ts'
import { codeOf } from './payment-code.ts'
import { findPlace, placeBlock } from './places.ts'
import { printContent } from './print-document.ts'
import { column, factsOf, printRow } from './print-model.ts'
import { Language, type Word, printLanguage } from './words.ts'

/** Where a figure is written by hand. */
const roomToWrite = '____________'

/**
 * The sheet of a stock count, to be filled in by hand: in the order of its places, with room for what lies there. What
 * the books have is on it where it is not counted blind.
 * @param tried a source in place of the template.
 */
export async function printCountSheet(
  tx: Transaction,
  ctx: Context,
  id: string,
  asked: string | undefined,
  tried: string | null = null,
): Promise<FileAnswer> {
  const language = new Language(printLanguage(asked, ctx.company.language))
  const count = await presentCount(tx, ctx, id)
  const [house, place] = await Promise.all([findHouse(tx, ctx), findPlace(tx, ctx, count.warehouseId)])
  if (!place) throw notFound('warehouse')
  const say = (word: Word): string => language.word(word)
  const books = count.lines.some((line) => line.onHand !== null)
  const content = {
    title: say('count-sheet'),
    number: count.number,
    subtitle: null,
    stamp: null,
    code: codeOf(count.number),
    partner: null,
    others: [placeBlock(house, place, say('warehouse'), language)],
    facts: factsOf([
      [say('date'), language.date(count.date)],
      [say('location'), count.location],
      [say('whoCounts'), count.counter],
    ]),
    columns: [
      column(say('no')),
      column(say('location'), 'start'),
      column(say('item'), 'start', 'text'),
      ...(books ? [column(say('expected'))] : []),
      column(say('unit'), 'start'),
      column(say('counted')),
    ],
    rows: count.lines.map((line, i) =>
      printRow(
        [
          String(i + 1),
          line.location,
          line.name,
          ...(books ? [language.quantity(line.book ?? line.onHand!)] : []),
          line.unit,
          line.counted === null ? roomToWrite : language.quantity(line.counted),
        ],
        line.name,
        [line.sku, ...(line.lot === null ? [] : [lotOf(line, language)])],
      ),
    ),
    taxes: null,
    totals: [],
    payment: null,
    notes: count.notes === null ? [] : [{ label: null, text: count.notes }],
    signatures: [say('countedBy')],
  }
  return printContent(tx, ctx, 'count-sheet', content, language, tried)
}

function lotOf(
  line: { readonly lot: string | null; readonly tracking: string; readonly expiresOn: string | null },
  language: Language,
): string {
  const name = `${language.word(line.tracking === 'serial' ? 'serials' : 'lot')} ${line.lot!}`
  return line.expiresOn === null
    ? name
    : `${name}, ${language.word('expires')} ${language.date(line.expiresOn)}`
}

import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'
import type { FileSource } from '../files/format.ts'
import { type Key, insertPiece, selectPiece } from './records.ts'

const pieceBytes = 1024 * 1024

/** Writes a file in pieces. */
export async function storeFile(tx: Transaction, key: Key, content: Buffer): Promise<void> {
  for (let position = 0; position * pieceBytes < content.length; position++) {
    const piece = content.subarray(position * pieceBytes, (position + 1) * pieceBytes)
    tx.write(insertPiece, { ...key, position, content: `\\x${piece.toString('hex')}` })
    await tx.settle()
  }
}

/** A stored file, read piece by piece: by the transaction that is open, or by one of its own for each. */
export function storedFile(from: Transaction | Database, name: string, key: Key): FileSource {
  const pieceOf = (position: number): Promise<{ content: string } | null> => {
    const read = (tx: Transaction) => tx.maybe(selectPiece, { ...key, position })
    return 'maybe' in from
      ? read(from)
      : inTransaction(from, { companyId: key.companyId }, read, { readOnly: true })
  }
  return {
    name,
    async *read() {
      for (let position = 0; ; position++) {
        const piece = await pieceOf(position)
        if (piece === null) return
        yield Buffer.from(piece.content, 'base64')
      }
    },
  }
}

/** Figures over many documents, made from the ledgers at the moment they are asked for. */
export { routes } from './routes.ts'

/** Tensors that do not form the data set that was needed. */
export interface DatasetError {
  readonly kind: 'dataset'
  readonly message: string
}
/** A label out of range; `row` counts from 0. */
export interface LabelError {
  readonly kind: 'label'
  readonly message: string
  readonly row: number
}

/** A cell that kept its row, or a part of it, from coming in; or, as a remark, one that a person should look at. */
export interface Refusal {
  /** The line in the file on which the row begins, counted from 1. */
  readonly line: number;
  /** The column, as the file names it. */
  readonly column: string;
  /** What is wrong, and what would be right. */
  readonly reason: string;
}

// Package table turns rows of cells into works and judges.
//
// It promises: what each column means is weighed by evidence and described in a Mapping, and where two columns could be
// meant the package asks instead of guessing; what people corrected stands above evidence; everything odd is a
// judging.Problem with its place. Problems and errors never repeat names, phones or identity numbers.
//
// It will not open formats itself (package read does), nor store, match or number anything: the caller does. What the
// text of a cell is says package celltext, what a head means package field, where tables are package segment.
package table

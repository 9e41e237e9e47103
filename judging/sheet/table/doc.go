// Package table turns rows of cells into works and judges.
//
// It promises: each row ends as a work or a judge, as a problem, or as a line whose kind is known; how a sheet was
// understood is described in a Mapping; everything odd is a judging.Problem with its place. Problems and errors never
// repeat names, phones or identity numbers.
//
// It will not open formats itself (package read does), nor store, match or number anything: the caller does. What the
// text of a cell is says package celltext, what a head means package field, where tables are package segment, which
// column is what package evidence.
package table

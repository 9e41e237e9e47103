// Package score reads scores from tables: score sheets that judges filled in, lists of totals, and plain tables of a
// row a score or of a matrix.
//
// It promises: a sheet tells by its identity line whose it is, each row is taken or refused by a judging.Problem with
// its place, half a score is never taken, and every row of a plain table that holds text is accounted for (package
// ledger). Whether a sheet belongs to a round, and whether its marks keep to the rubric, the caller decides.
//
// It will not open formats itself (package read does), nor read works or judges (package table does).
package score

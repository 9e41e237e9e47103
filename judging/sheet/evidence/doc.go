// Package evidence decides what each column of a table means.
//
// It promises: heads, values and neighbours are weighed in one unit, decibels of odds, and the whole table gets the
// meanings that together are most likely; where two columns could be meant it asks instead of guessing; what people
// corrected stands above evidence; each column says why it was taken for what it is.
//
// It will not read the rows below the head: package table does.
package evidence

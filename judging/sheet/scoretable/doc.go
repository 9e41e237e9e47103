// Package scoretable reads scores from a plain table that belongs to no contest, one row a score or a matrix of works
// and judges.
//
// It promises: hundreds of thousands of rows at a bounded cost, whole or nothing beyond its limits; everything odd is a
// judging.Problem with its row, which never repeats what a cell says of a person.
//
// It will not compute anything from the scores (package stats does), nor keep them.
package scoretable

// Package sample makes an invented contest: workbooks as untidy as real ones, small media files and a list of
// judges, all drawn from a seed.
//
// It promises that equal seeds give equal bytes, that no person and nothing else in it is real (package
// assets/sample), and that what is wrong in it is known and counted (Summary), so that every part of the product
// can be shown, tried and measured against it.
//
// It does not open a contest or import anything; it only writes files, and never outside the folder given.
package sample

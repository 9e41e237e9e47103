// Package biff reads the workbooks of Excel 97 to 2003 (BIFF8) and of Excel 5 and 95 (BIFF5), in a compound file or
// bare.
//
// It promises: stored values are read, formulas are never computed; texts of BIFF5, whose encoding the file often names
// wrongly, are read by what their bytes say. Hostile records give a judging.Error within the limits.
//
// It will not find out which format a file has: package read does, and guards against a decoder that panics.
package biff

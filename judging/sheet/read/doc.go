// Package read turns the bytes of a spreadsheet into rows of cells.
//
// It promises: a file is known by its content, never by the end of its name (xlsx, BIFF8 xls, csv, and web tables
// that call themselves xls); rows stream, so memory stays flat; formulas are never computed, their stored values are
// read; merged ranges and embedded pictures are listed with their places. Hostile files (bombs, truncated, encrypted,
// mislabelled) give a judging.Error within Limits, never a panic.
//
// It reads through its own streaming reader, not through excelize: excelize keeps every embedded picture in memory,
// cannot tell a date from a number while it streams, and takes twice the time (BenchmarkBareRows100k of package
// table). A reader that streams is proposed there (https://github.com/qax-os/excelize/pull/2087), but would not fix
// the second.
//
// Workbooks of old Excel are read by package biff; what cells and rows are says package grid.
//
// It will not say what a column means or what a row is: package table does. It never writes.
package read

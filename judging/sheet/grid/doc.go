// Package grid says what a spreadsheet holds, whatever its format: lines of cells, merged areas, sheets by name.
//
// It promises what all readers share: a cell carries its text as it is shown, the number behind it and whether the
// font strikes it through; Limits bound what a file may cost; the errors of a file name it as the person knows it.
//
// It will not read a file: packages read and biff do.
package grid

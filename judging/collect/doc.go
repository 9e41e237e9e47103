// Package collect makes what units are given before they send works in: the notice, the registration workbook, the form
// for one work, the statements to be signed, and what is asked of the works in plain words.
//
// It promises equal bytes for equal kits, files that Word, Excel, WPS and LibreOffice open, and a workbook that reads
// back with certainty by its hidden row, see package formkey. Its words can be changed by a file of texts (Texts). It
// knows no contest that is open: package office/collect gives it what it needs.
package collect

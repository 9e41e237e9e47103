// Package sheet turns spreadsheets into works and judges, and nouns into spreadsheets.
//
// Reading promises: a file is known by its content, never by the end of its name (xlsx, BIFF8 xls, csv, and web
// tables that call themselves xls); rows stream, so memory stays flat; formulas are never worked out, their stored
// values are read; a header is found by evidence and described in a Mapping, and where two columns could be meant
// the package asks instead of guessing; everything odd is a judging.Problem with its place. Hostile files (bombs,
// truncated, encrypted, mislabelled) give a judging.Error, never a panic. Problems and errors never repeat names,
// phones or identity numbers.
//
// Reading goes through an own streaming reader, not through excelize: excelize keeps every embedded picture in
// memory, cannot tell a date from a number while it streams, and takes twice the time (BenchmarkBareRows100k). A
// reader that streams is proposed there (https://github.com/qax-os/excelize/pull/2087), but would not fix the
// second. Excelize writes. The spellings of headers come from package assets/headers, which embeds them and imports
// nothing.
//
// It will not store, match or number anything: the caller does.
package sheet

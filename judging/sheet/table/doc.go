// Package table turns rows of cells into works, judges, scores and filled score sheets.
//
// It promises: a header is found by evidence and described in a Mapping, and where two columns could be meant the
// package asks instead of guessing; what people corrected stands above evidence; everything odd is a judging.Problem
// with its place. Problems and errors never repeat names, phones or identity numbers. The spellings of headers come
// from package assets/headers, which embeds them and imports nothing.
//
// It will not open formats itself (package read does), nor store, match or number anything: the caller does.
package table

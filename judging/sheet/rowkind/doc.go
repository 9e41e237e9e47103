// Package rowkind says by the words of a row that it holds no work: a sender, a signature, a total, a remark, an
// example.
//
// It promises to look at nothing but the row: what its table is decides package table.
package rowkind

// Package celltext says what the text of one cell is: empty, names, a telephone, an identity number, a category, a
// mark, 同上.
//
// It promises that a text is read the same wherever it stands: nothing here knows of rows, columns or heads. What can't
// be read is given back as it was written.
package celltext

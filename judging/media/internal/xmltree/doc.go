// Package xmltree reads and writes the XML of one part of a document as a tree.
//
// It promises that what it holds is bounded in bytes, elements and depth, and that a tree comes out again as it came
// in, but for comments, instructions and document types.
package xmltree

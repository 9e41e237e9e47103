// Package documents copies documents of word processors, tables and slides without what they say of their makers:
// properties, comments, earlier versions, hidden text, names of things.
//
// It promises that the words a reader shows stay as they were, and that what no rule knows is left out. Pictures within
// a document are cleaned as files of their own.
package documents

// Package prose reads the words of a text file, a Word document or an OpenDocument text, with its pictures where asked
// for, and counts them as Chinese word processors do.
//
// It promises valid UTF-8 of bounded length whatever the encoding of the file, and bounded cost for hostile
// documents. It will not read PDF (package pdf does) or older Word files: Invalid "media.no_prose".
package prose

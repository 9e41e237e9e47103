// Package filetype is the one table of what files can be: how each type begins, how names of it end, and what is
// decided for it: who cleans it for judges, how it is shown, how it is read as a table. To teach the program a
// type, add its row; the tests of the packages that clean, show and read then fail until each knows it or the row
// says why it need not.
package filetype

// Kind says what a file is, by its content.
type Kind string

// The kinds. Picture, Video, Audio, Document, Text and Other are also the values of judging.File.Kind.
const (
	Workbook Kind = "workbook" // xlsx, xls, et, ods, csv
	Archive  Kind = "archive"  // zip, rar, 7z, gz, bz2, xz, tar
	Picture  Kind = "picture"  // jpeg, png, gif, webp, tiff, bmp, heic, avif
	Video    Kind = "video"    // mp4, mov, avi, mkv, wmv, flv, mpeg
	Audio    Kind = "audio"    // mp3, wav, m4a, flac, ogg, wma, aac, amr, midi
	Document Kind = "document" // pdf, docx, doc, pptx, wps, rtf, odt
	Text     Kind = "text"     // plain text in UTF-8, UTF-16 or GB18030
	Other    Kind = "other"    // nothing known, or an empty file
)

// Judged reports whether files of a kind may be works that judges look at.
func (k Kind) Judged() bool {
	switch k {
	case Picture, Video, Audio, Document, Text:
		return true
	}
	return false
}

// HeadSize is how many leading bytes of a file Of can make use of.
const HeadSize = 16 << 10

// Cleaner says what makes the copy for judges, without traces of the maker. Those of package scrub have its names of
// formats; the others are the constants below.
type Cleaner string

// The cleaners outside package scrub.
const (
	ByPages  Cleaner = "pages"   // package pdf writes the document again
	ByPixels Cleaner = "pixels"  // decoded, and written again from its pixels
	AsIs     Cleaner = "as is"   // holds nothing but what its reader sees
	ByHand   Cleaner = "by hand" // nothing can clean it: somebody must look at it before judges may
)

// Show says how the program itself shows a file.
type Show string

// The ways to show.
const (
	AsPixels  Show = "pixels"  // a picture that package media decodes
	AsFilm    Show = "film"    // stills by ffmpeg where there is one; the whole by other programs
	AsPages   Show = "pages"   // by package pdf
	AsWords   Show = "words"   // the prose that package media reads
	ByProgram Show = "program" // by the program that the system opens such files with
	Hidden    Show = "hidden"  // not at all
)

// Table says how a file is read as a table.
type Table string

// The ways to read. What has no table is tried as text too, whose reader says what is wrong, unless its row has a
// Refusal.
const (
	AsZip      Table = "zip"      // a workbook in parts, or a zip that proves to be none
	AsCompound Table = "compound" // a workbook of Excel 5 to 2003
	AsStream   Table = "stream"   // the same without its container, as some programs write it
	TooOld     Table = "too old"  // of Excel before 5: not read
	AsText     Table = "text"     // comma-separated values in any encoding
	AsWeb      Table = "web"      // a web page or an XML spreadsheet
	AsArchive  Table = "mht"      // a web page saved with all that belongs to it
	Refused    Table = "refused"  // is no table: Type.Refusal names it
)

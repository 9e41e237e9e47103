package media

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

// HeadSize is how many leading bytes of a file Sniff can make use of.
const HeadSize = 16 << 10

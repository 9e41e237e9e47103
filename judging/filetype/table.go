package filetype

import "strings"

// Type is one row of the table: one way in which files are stored.
type Type struct {
	Name    string // unique
	Format  string // what rules and facts call it, as the name of a file would end; "" where they do not
	Kind    Kind
	Ext     string   // how the name of a copy ends that other programs open; "" for what they are never given
	Endings []string // other endings of names that mean the same format, in lower case without the dot
	Magic   []string // ways to begin, "?" standing for any byte; none where a function finds the type
	Clean   Cleaner
	Show    Show
	Table   Table
	Refusal string // what a message calls it where a table is wanted
}

// unknown is the type of what no row fits.
var unknown = &Type{Name: "unknown", Kind: Other, Clean: ByHand, Show: Hidden, Table: AsText}

// The cleaners of package scrub that serve more than one type.
const (
	ooxml = "ooxml" // documents in a zip, OpenDocument too
	ole   = "ole"   // documents in Microsoft's compound file
	iso   = "mp4"   // films and sound in the ISO container
	asf   = "asf"
	mpeg  = "mp3"
	ogg   = "ogg"
)

// types are the rows. Where the magic of two fits, the first counts.
var types = []*Type{
	{Name: "jpeg", Format: "jpeg", Kind: Picture, Ext: ".jpg", Endings: words("jpg jpe jfif"),
		Magic: []string{"\xFF\xD8\xFF"}, Clean: "jpeg", Show: AsPixels, Table: Refused, Refusal: "PNG/JPG"},
	{Name: "png", Format: "png", Kind: Picture, Ext: ".png",
		Magic: []string{"\x89PNG\r\n\x1A\n"}, Clean: "png", Show: AsPixels, Table: Refused, Refusal: "PNG/JPG"},
	{Name: "gif", Format: "gif", Kind: Picture, Ext: ".gif",
		Magic: []string{"GIF87a", "GIF89a"}, Clean: "gif", Show: AsPixels, Table: Refused, Refusal: "PNG/JPG"},
	{Name: "webp", Format: "webp", Kind: Picture, Ext: ".webp",
		Magic: []string{"RIFF????WEBP"}, Clean: "webp", Show: AsPixels, Table: AsText},
	{Name: "tiff", Format: "tiff", Kind: Picture, Ext: ".tif", Endings: words("tif"),
		Magic: []string{"II*\x00", "MM\x00*"}, Clean: "tiff", Show: AsPixels, Table: AsText},
	{Name: "bmp", Format: "bmp", Kind: Picture, Ext: ".bmp", Endings: words("dib"), // by isBitmap
		Clean: "bmp", Show: AsPixels, Table: AsText},
	// AVIF has no decoder here: its copies fail, and somebody must look at it.
	{Name: "avif", Format: "avif", Kind: Picture, Ext: ".avif",
		Magic: brands("avif", "avis"), Clean: ByPixels, Show: ByProgram, Table: AsText},
	{Name: "heic", Format: "heic", Kind: Picture, Ext: ".heic", Endings: words("heif hif"),
		Magic: brands("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"),
		Clean: ByPixels, Show: AsPixels, Table: AsText},

	{Name: "m4a", Format: "m4a", Kind: Audio, Ext: ".m4a",
		Magic: brands("M4A ", "M4B ", "M4P "), Clean: iso, Show: ByProgram, Table: AsText},
	// Before QuickTime had brands, its files began with any of these boxes.
	{Name: "mov", Format: "mov", Kind: Video, Ext: ".mov", Endings: words("qt"),
		Magic: append(brands("qt  "), "\x00???moov?", "\x00???mdat?", "\x00???wide?",
			"\x00???free?", "\x00???skip?"),
		Clean: iso, Show: AsFilm, Table: AsText},
	{Name: "mp4", Format: "mp4", Kind: Video, Ext: ".mp4", Endings: words("m4v 3gp f4v"), // any other brand
		Magic: brands("????"), Clean: iso, Show: AsFilm, Table: AsText},
	{Name: "avi", Format: "avi", Kind: Video, Ext: ".avi",
		Magic: []string{"RIFF????AVI "}, Clean: "avi", Show: AsFilm, Table: AsText},
	{Name: "mkv", Format: "mkv", Kind: Video, Ext: ".mkv", Endings: words("webm"),
		Magic: []string{"\x1A\x45\xDF\xA3"}, Clean: "matroska", Show: AsFilm, Table: AsText},
	{Name: "wmv", Format: "wmv", Kind: Video, Ext: ".wmv", Endings: words("asf"), // by asfType
		Clean: asf, Show: AsFilm, Table: AsText},
	{Name: "flv", Format: "flv", Kind: Video, Ext: ".flv",
		Magic: []string{"FLV\x01"}, Clean: ByHand, Show: AsFilm, Table: AsText},
	{Name: "rm", Format: "rm", Kind: Video, Ext: ".rm", Endings: words("rmvb"),
		Magic: []string{".RMF\x00"}, Clean: ByHand, Show: AsFilm, Table: AsText},
	{Name: "mpg", Format: "mpg", Kind: Video, Ext: ".mpg", Endings: words("mpeg vob"),
		Magic: []string{"\x00\x00\x01\xBA", "\x00\x00\x01\xB3"}, Clean: ByHand, Show: AsFilm, Table: AsText},
	{Name: "ts", Format: "ts", Kind: Video, Ext: ".ts", Endings: words("m2ts mts"), // by isTransport
		Clean: ByHand, Show: AsFilm, Table: AsText},
	{Name: "ogv", Format: "ogg", Kind: Video, Ext: ".ogg", // by oggType
		Clean: ogg, Show: AsFilm, Table: AsText},

	{Name: "ogg", Format: "ogg", Kind: Audio, Ext: ".ogg", Endings: words("oga"), // by oggType
		Clean: ogg, Show: ByProgram, Table: AsText},
	{Name: "wma", Format: "wma", Kind: Audio, Ext: ".wma", // by asfType
		Clean: asf, Show: ByProgram, Table: AsText},
	{Name: "mp3", Format: "mp3", Kind: Audio, Ext: ".mp3", // and by framesType
		Magic: []string{"ID3\x00", "ID3\x01", "ID3\x02", "ID3\x03", "ID3\x04"},
		Clean: mpeg, Show: ByProgram, Table: AsText},
	{Name: "aac", Format: "aac", Kind: Audio, Ext: ".aac", // by framesType
		Clean: mpeg, Show: ByProgram, Table: AsText},
	{Name: "wav", Format: "wav", Kind: Audio, Ext: ".wav",
		Magic: []string{"RIFF????WAVE"}, Clean: "wav", Show: ByProgram, Table: AsText},
	{Name: "flac", Format: "flac", Kind: Audio, Ext: ".flac",
		Magic: []string{"fLaC"}, Clean: "flac", Show: ByProgram, Table: AsText},
	{Name: "amr", Format: "amr", Kind: Audio, Ext: ".amr",
		Magic: []string{"#!AMR"}, Clean: "amr", Show: ByProgram, Table: AsText},
	{Name: "midi", Format: "midi", Kind: Audio, Ext: ".mid", Endings: words("mid"),
		Magic: []string{"MThd\x00\x00\x00\x06"}, Clean: ByHand, Show: ByProgram, Table: AsText},

	{Name: "pdf", Format: "pdf", Kind: Document, Ext: ".pdf", // by isPDF
		Clean: ByPages, Show: AsPages, Table: Refused, Refusal: "PDF"},
	{Name: "rtf", Format: "rtf", Kind: Document, Ext: ".rtf",
		Magic: []string{`{\rtf`}, Clean: ByHand, Show: ByProgram, Table: Refused, Refusal: "RTF"},
	{Name: "docx", Format: "docx", Kind: Document, Ext: ".docx", Endings: words("docm"), // by zipType
		Clean: ooxml, Show: AsWords, Table: AsZip},
	{Name: "pptx", Format: "pptx", Kind: Document, Ext: ".pptx", Endings: words("ppsx"), // by zipType
		Clean: ooxml, Show: ByProgram, Table: AsZip},
	{Name: "odt", Format: "odt", Kind: Document, Ext: ".odt", // by zipType
		Clean: ooxml, Show: AsWords, Table: AsZip},
	{Name: "doc", Format: "doc", Kind: Document, Ext: ".doc", // by compoundType
		Clean: ole, Show: ByProgram, Table: AsCompound},
	{Name: "ppt", Format: "ppt", Kind: Document, Ext: ".ppt", Endings: words("dps pps"), // by compoundType
		Clean: ole, Show: ByProgram, Table: AsCompound},
	{Name: "wps", Format: "wps", Kind: Document, Ext: ".wps", // by compoundType
		Clean: ole, Show: ByProgram, Table: AsCompound},
	{Name: "txt", Format: "txt", Kind: Text, Ext: ".txt", Endings: words("text md htm html"), // by ofText
		Clean: AsIs, Show: AsWords, Table: AsText},

	{Name: "xlsx", Format: "xlsx", Kind: Workbook, Ext: ".xlsx", // by zipType
		Clean: ooxml, Show: ByProgram, Table: AsZip},
	{Name: "xls", Format: "xls", Kind: Workbook, Ext: ".xls", Endings: words("et"), // by compoundType
		Clean: ole, Show: ByProgram, Table: AsCompound},
	{Name: "biff8", Format: "xls", Kind: Workbook, Ext: ".xls",
		Magic: []string{"\x09\x08\x10\x00\x00\x06"}, Clean: ByHand, Show: ByProgram, Table: AsStream},
	{Name: "biff5", Format: "xls", Kind: Workbook, Ext: ".xls",
		Magic: []string{"\x09\x08"}, Clean: ByHand, Show: ByProgram, Table: AsStream},
	{Name: "biff", Format: "xls", Kind: Workbook, Ext: ".xls",
		Magic: []string{"\x09\x04\x06\x00", "\x09\x02\x06\x00", "\x09\x00\x04\x00"},
		Clean: ByHand, Show: ByProgram, Table: TooOld},
	{Name: "csv", Format: "csv", Kind: Workbook, // by ofText
		Clean: AsIs, Show: Hidden, Table: AsText},

	{Name: "zip", Kind: Archive, Clean: ooxml, Show: Hidden, Table: AsZip}, // by zipType
	{Name: "rar", Format: "rar", Kind: Archive,
		Magic: []string{"Rar!"}, Clean: ByHand, Show: Hidden, Table: Refused, Refusal: "RAR"},
	{Name: "7z", Format: "7z", Kind: Archive,
		Magic: []string{"7z\xBC\xAF\x27\x1C"}, Clean: ByHand, Show: Hidden, Table: Refused, Refusal: "7Z"},
	{Name: "gz", Format: "gz", Kind: Archive,
		Magic: []string{"\x1F\x8B"}, Clean: ByHand, Show: Hidden, Table: AsText},
	{Name: "bz2", Kind: Archive, Magic: []string{"????1AY&SY"}, Clean: ByHand, Show: Hidden, Table: AsText},
	{Name: "xz", Kind: Archive, Magic: []string{"\xFD7zXZ\x00"}, Clean: ByHand, Show: Hidden, Table: AsText},
	{Name: "tar", Kind: Archive,
		Magic: []string{strings.Repeat("?", 257) + "ustar"}, Clean: ByHand, Show: Hidden, Table: AsText},

	// A compound file of a program that is not known; its names may say more in a longer head.
	{Name: "ole", Kind: Other, Clean: ole, Show: Hidden, Table: AsCompound}, // by compoundType
	unknown,
}

func words(s string) []string { return strings.Fields(s) }

// brands are the beginnings of files in the ISO container (ISO/IEC 14496-12).
func brands(names ...string) []string {
	var out []string
	for _, b := range names {
		out = append(out, "????ftyp"+b)
	}
	return out
}

// All returns every row, the last that of unknown files.
func All() []Type {
	out := make([]Type, len(types))
	for i, t := range types {
		out[i] = *t
	}
	return out
}

// named finds a row.
func named(name string) *Type { return byName[name] }

var byName = func() map[string]*Type {
	m := map[string]*Type{}
	for _, t := range types {
		m[t.Name] = t
	}
	return m
}()

// formats are the formats by the endings of names.
var formats = func() map[string]string {
	m := map[string]string{}
	for _, t := range types {
		for _, e := range append([]string{t.Name}, t.Endings...) {
			if t.Format != "" {
				m[e] = t.Format
			}
		}
	}
	return m
}()

// FormatOf returns the format that a name's ending, in lower case without the dot, promises; "" for endings not
// known.
func FormatOf(ending string) string { return formats[ending] }

package media

import "slices"

// openable are the formats that other programs may be asked to open, and how a file's name ends there where that is not the format's own name.
var (
	openable = []string{"jpeg", "png", "gif", "tiff", "webp", "bmp", "heic", "avif", "mp4", "mov", "avi", "mkv", "wmv", "flv", "mpg", "ts", "rm", "mp3", "wav",
		"m4a", "flac", "ogg", "aac", "amr", "wma", "midi", "pdf", "docx", "doc", "wps", "pptx", "ppt", "odt", "rtf", "txt", "xlsx", "xls"}
	endings = map[string]string{"jpeg": ".jpg", "tiff": ".tif", "midi": ".mid"}
)

// OpensAs tells, from the first bytes of a file (up to HeadSize) and its name, how the name of a copy must end so that the system opens it as what it is;
// "" for what is never handed to other programs: programs and scripts above all, whatever they are called.
func OpensAs(head []byte, name string) string {
	f := format(head, Sniff(head, name), name)
	if !slices.Contains(openable, f) {
		return ""
	}
	if e, ok := endings[f]; ok {
		return e
	}
	return "." + f
}

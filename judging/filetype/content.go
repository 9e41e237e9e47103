package filetype

// contentTypes are the names by which browsers know the types (IANA's, or what all of them take), by Type.Name.
var contentTypes = map[string]string{
	"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "tiff": "image/tiff",
	"bmp": "image/bmp", "avif": "image/avif", "heic": "image/heic",
	"m4a": "audio/mp4", "mov": "video/quicktime", "mp4": "video/mp4", "avi": "video/x-msvideo",
	"mkv": "video/x-matroska", "wmv": "video/x-ms-wmv", "flv": "video/x-flv", "rm": "application/vnd.rn-realmedia",
	"mpg": "video/mpeg", "ts": "video/mp2t", "ogv": "video/ogg", "ogg": "audio/ogg", "wma": "audio/x-ms-wma",
	"mp3": "audio/mpeg", "aac": "audio/aac", "wav": "audio/wav", "flac": "audio/flac", "amr": "audio/amr",
	"midi": "audio/midi", "pdf": "application/pdf", "rtf": "application/rtf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"odt":  "application/vnd.oasis.opendocument.text", "doc": "application/msword",
	"ppt": "application/vnd.ms-powerpoint", "wps": "application/vnd.ms-works",
	// HTML is a type of text here and must never run
	"txt": "text/plain", "csv": "text/csv",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xls": "application/vnd.ms-excel",
}

// ContentType is what a browser calls the type; "application/octet-stream" for what it could do nothing with.
func (t Type) ContentType() string {
	if name := contentTypes[t.Name]; name != "" {
		return name
	}
	return "application/octet-stream"
}

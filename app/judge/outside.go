package judge

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf16"

	"fayi/judging"
)

// outside keeps the copies that were made for the system's own programs. Their names hold the work's code, never the sender's file name.
type outside struct {
	one sync.Mutex // copies are made one at a time
	dir string
}

// copy writes file n of a work to a temporary file that ends as its content says, and returns its address. Errors: Invalid for content of a kind
// that is not opened, Unavailable when the disk is full.
func (o *outside) copy(code judging.WorkCode, n int, r io.Reader) (*url.URL, error) {
	o.one.Lock()
	defer o.one.Unlock()
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "fayi-")
		if err != nil {
			return nil, judging.Fail(judging.Unavailable, "desk.copy_failed", nil).Because(err)
		}
		o.dir = dir
	}
	bare := filepath.Join(o.dir, fmt.Sprintf("%s-%d", strings.Map(plain, string(code)), n+1))
	if err := fillFile(bare, r); err != nil {
		return nil, judging.Fail(judging.Unavailable, "desk.copy_failed", nil).Because(err)
	}
	ext := extension(bare)
	if ext == "" {
		_ = os.Remove(bare)
		return nil, judging.Fail(judging.Invalid, "desk.kind_unknown", nil)
	}
	if err := os.Rename(bare, bare+ext); err != nil {
		return nil, judging.Fail(judging.Unavailable, "desk.copy_failed", nil).Because(err)
	}
	path := filepath.ToSlash(bare + ext)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return &url.URL{Scheme: "file", Path: path}, nil
}

// plain keeps what is safe in a file name.
func plain(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' {
		return r
	}
	return '_'
}

func fillFile(path string, r io.Reader) error {
	_ = os.Remove(path)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		_ = f.Close()
		_ = os.Remove(path)
		return err
	}
	return f.Close()
}

// clear removes the copies. One that another program still holds open may stay until the system clears its temporary files.
func (o *outside) clear() {
	o.one.Lock()
	defer o.one.Unlock()
	if o.dir != "" {
		_ = os.RemoveAll(o.dir)
		o.dir = ""
	}
}

// magic lists how files begin that other programs may be asked to open. What is not listed, programs above all, is never opened.
var magic = []struct {
	at        int
	head, ext string
}{
	{0, "%PDF-", ".pdf"}, {0, "\xFF\xD8\xFF", ".jpg"}, {0, "\x89PNG\r\n", ".png"}, {0, "GIF8", ".gif"}, {0, "BM", ".bmp"}, {0, "II*\x00", ".tif"},
	{0, "MM\x00*", ".tif"}, {8, "WEBP", ".webp"}, {8, "WAVE", ".wav"}, {8, "AVI ", ".avi"}, {4, "ftypheic", ".heic"}, {4, "ftypheix", ".heic"},
	{4, "ftypmif1", ".heic"}, {4, "ftypavif", ".avif"}, {4, "ftypM4A", ".m4a"}, {4, "ftypqt", ".mov"}, {4, "ftyp", ".mp4"}, {4, "moov", ".mov"},
	{4, "mdat", ".mov"}, {4, "wide", ".mov"}, {0, "\x1AE\xDF\xA3", ".mkv"}, {0, "FLV\x01", ".flv"}, {0, "\x00\x00\x01\xBA", ".mpg"},
	{0, "\x00\x00\x01\xB3", ".mpg"}, {0, "0&\xB2u\x8Ef\xCF\x11", ".wmv"}, {0, "ID3", ".mp3"}, {0, "\xFF\xFB", ".mp3"}, {0, "\xFF\xF3", ".mp3"},
	{0, "\xFF\xF1", ".aac"}, {0, "\xFF\xF9", ".aac"}, {0, "fLaC", ".flac"}, {0, "OggS", ".ogg"}, {0, "#!AMR", ".amr"}, {0, "MThd", ".mid"}, {0, "{\\rtf", ".rtf"},
}

// extension tells by its content how a file's name must end, "" for what is not opened.
func extension(path string) string {
	head := readHead(path, 16)
	for _, m := range magic {
		if len(head) >= m.at+len(m.head) && string(head[m.at:m.at+len(m.head)]) == m.head {
			return m.ext
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return officeZip(path)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return oldOffice(path)
	}
	if text := readHead(path, maxText); len(text) > 0 {
		if _, err := decodeText(text); err == nil {
			return ".txt"
		}
	}
	return ""
}

func readHead(path string, n int64) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, n))
	if err != nil {
		return nil
	}
	return head
}

// officeZip tells the documents that are zip archives apart.
func officeZip(path string) string {
	z, err := zip.OpenReader(path)
	if err != nil {
		return ""
	}
	defer z.Close()
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			return ".docx"
		case "ppt/presentation.xml":
			return ".pptx"
		case "content.xml":
			return ".odt"
		}
	}
	return ""
}

// maxOldOffice is how much of an old document is searched for what it is.
const maxOldOffice = 64 << 20

// oldOffice tells the documents of Office 97 and WPS apart by the streams they hold.
func oldOffice(path string) string {
	data := readHead(path, maxOldOffice)
	for _, s := range []struct{ stream, ext string }{{"WordDocument", ".doc"}, {"PowerPoint Document", ".ppt"}} {
		var name []byte
		for _, u := range utf16.Encode([]rune(s.stream)) {
			name = append(name, byte(u), byte(u>>8))
		}
		if bytes.Contains(data, name) {
			return s.ext
		}
	}
	return ""
}

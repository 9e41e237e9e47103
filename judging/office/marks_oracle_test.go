package office_test

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The oracle looks for marks in what judges are given. It shares nothing with the code that cleans files: it knows no
// format, but tries every way of packing and spelling bytes everywhere, and asks other programs for all they can read.

var (
	anyMark = regexp.MustCompile(`(?i)mark(\d{4})planted|planted(\d{4})mark`)
	hexRun  = regexp.MustCompile(`(?:[0-9A-Fa-f]{2}[ \t\r\n]*){15,}`)
	baseRun = regexp.MustCompile(`[A-Za-z0-9+/_-]{20,}(?:[\r\n]+ *[A-Za-z0-9+/_-]+)*`)
	octal   = regexp.MustCompile(`\\[0-7]{3}`)
	quoted  = regexp.MustCompile(`=[0-9A-Fa-f]{2}`)
	rtfHex  = regexp.MustCompile(`\\'[0-9A-Fa-f]{2}`)
)

// finder gathers the numbers of the marks that it meets.
type finder struct {
	found map[int]bool
	seen  map[string]bool
	left  int // bytes that may still be looked at
}

func newFinder() *finder {
	return &finder{found: map[int]bool{}, seen: map[string]bool{}, left: 1 << 30}
}

// words looks for marks as they stand, whatever zeros are between their letters: UTF-16 and UTF-32 of either order.
func (f *finder) words(b []byte) {
	for _, text := range [][]byte{b, bytes.ReplaceAll(b, []byte{0}, nil)} {
		for _, m := range anyMark.FindAllSubmatch(text, -1) {
			n, _ := strconv.Atoi(string(m[1]) + string(m[2]))
			f.found[n] = true
		}
	}
}

// bytes looks at b in all spellings, and at all that is packed in it.
func (f *finder) bytes(b []byte, depth int) {
	if f.left -= len(b); depth > 5 || len(b) < 15 || f.left < 0 || f.seen[string(b)] {
		return
	}
	f.seen[string(b)] = true
	f.words(b)
	f.spelt(b, depth)
	f.packed(b, depth)
}

// spelt undoes the ways in which letters are written for letters.
func (f *finder) spelt(b []byte, depth int) {
	s := string(b)
	if octal.MatchString(s) {
		f.words([]byte(octal.ReplaceAllStringFunc(s, func(o string) string {
			n, _ := strconv.ParseUint(o[1:], 8, 16)
			return string([]byte{byte(n)})
		})))
	}
	byHex := func(from int) func(string) string {
		return func(h string) string {
			n, _ := strconv.ParseUint(h[from:], 16, 8)
			return string([]byte{byte(n)})
		}
	}
	f.words([]byte(quoted.ReplaceAllStringFunc(s, byHex(1))))
	f.words([]byte(rtfHex.ReplaceAllStringFunc(s, byHex(2))))
	f.words([]byte(html.UnescapeString(s)))
	if u, err := url.PathUnescape(s); err == nil {
		f.words([]byte(u))
	}
	for _, run := range hexRun.FindAll(b, -1) {
		digits := bytes.Join(bytes.Fields(run), nil)
		for from := range 2 {
			out := make([]byte, len(digits)/2)
			n, _ := hex.Decode(out, digits[from:len(digits)-(len(digits)-from)%2])
			f.bytes(out[:n], depth+1)
		}
	}
	for _, run := range baseRun.FindAll(b, -1) {
		letters := strings.NewReplacer("-", "+", "_", "/").Replace(string(bytes.Join(bytes.Fields(run), nil)))
		for from := range 4 { // a run may begin within what is no part of it
			part := letters[from:]
			out, _ := base64.RawStdEncoding.DecodeString(part[:len(part)-len(part)%4])
			f.bytes(out, depth+1)
		}
	}
	if _, after, ok := bytes.Cut(b, []byte("ASCII85Decode")); ok {
		if _, after, ok = bytes.Cut(after, []byte("stream")); ok {
			body, _, _ := bytes.Cut(after, []byte("~>"))
			out, _ := io.ReadAll(ascii85.NewDecoder(bytes.NewReader(body)))
			f.bytes(out, depth+1)
		}
	}
}

// packed undoes what packs bytes, wherever it begins.
func (f *finder) packed(b []byte, depth int) {
	const most = 8 << 20
	open := func(r io.Reader, err error) {
		if err == nil {
			out, _ := io.ReadAll(io.LimitReader(r, most)) // what is cut short counts too
			f.bytes(out, depth+1)
		}
	}
	for at := 0; at+4 < len(b); at++ {
		rest := b[at:]
		switch {
		case rest[0]&0x0F == 8 && rest[0] <= 0x78 && (int(rest[0])<<8|int(rest[1]))%31 == 0 && rest[1]&0x20 == 0:
			open(zlib.NewReader(bytes.NewReader(rest)))
		case bytes.HasPrefix(rest, []byte{0x1F, 0x8B, 8}):
			open(gzip.NewReader(bytes.NewReader(rest)))
		case bytes.HasPrefix(rest, []byte("BZh")):
			open(bzip2.NewReader(bytes.NewReader(rest)), nil)
		case bytes.HasPrefix(rest, []byte("PK\x03\x04")) && len(rest) > 30: // whether or not a list names it
			head := 30 + int(rest[26]) + int(rest[27])<<8 + int(rest[28]) + int(rest[29])<<8
			open(flate.NewReader(bytes.NewReader(rest[min(head, len(rest)):])), nil)
		}
	}
	if bytes.HasPrefix(b, []byte("\x89PNG")) {
		open(zlib.NewReader(bytes.NewReader(chunksOf(b, "IDAT"))))
	}
	if z, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		f.words([]byte(z.Comment))
		for _, part := range z.File {
			f.words([]byte(part.Name + "\n" + part.Comment + "\n" + string(part.Extra)))
			open(part.Open())
		}
	}
}

// chunksOf joins the bodies of a PNG's chunks of one kind.
func chunksOf(b []byte, kind string) (out []byte) {
	for at := 8; at+12 <= len(b); {
		n := int(b[at])<<24 | int(b[at+1])<<16 | int(b[at+2])<<8 | int(b[at+3])
		if n < 0 || at+12+n > len(b) {
			break
		}
		if string(b[at+4:at+8]) == kind {
			out = append(out, b[at+8:at+8+n]...)
		}
		at += 12 + n
	}
	return out
}

// needs fails a test for which a program is missing.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Fatalf("%s is missing: scripts/deps test installs it", p)
		}
	}
}

// said runs a program and returns all it says; what it can't read it may refuse.
func said(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.WaitDelay = time.Second
	out, _ := cmd.CombinedOutput()
	return out
}

// byPrograms returns what other programs read in the files of a folder: exiftool, pdftotext and qpdf, ffprobe and
// ffmpeg, LibreOffice.
func byPrograms(t *testing.T, dir string) []byte {
	t.Helper()
	all := said(t, "exiftool", "-r", "-a", "-G1", "-ee3", "-u", "-U", "-b", "-api", "largefilesupport=1", dir)
	var documents []string
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		switch ext := filepath.Ext(path); ext {
		case ".pdf":
			all = append(all, said(t, "pdftotext", "-raw", path, "-")...)
			all = append(all, said(t, "pdfinfo", "-js", "-meta", path)...)
			all = append(all, said(t, "pdfdetach", "-list", path)...)
			all = append(all, said(t, "qpdf", "--qdf", "--decode-level=all", "--object-streams=disable", path, "-")...)
		case ".mp4", ".mov", ".mkv", ".avi", ".wmv", ".mp3", ".ogg", ".flac", ".wav", ".m4a", ".wma", ".aac", ".flv":
			all = append(all, said(t, "ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters",
				"-show_programs", path)...)
			all = append(all, said(t, "ffmpeg", "-v", "error", "-i", path, "-map", "0:s?", "-c", "copy", "-f", "data",
				"-")...)
		case ".docx", ".odt", ".pptx", ".xlsx", ".ods", ".odp", ".doc", ".rtf":
			documents = append(documents, path)
		}
	}
	return append(all, byLibreOffice(t, documents)...)
}

// byLibreOffice returns the words of documents as LibreOffice reads them.
func byLibreOffice(t *testing.T, documents []string) (all []byte) {
	t.Helper()
	for _, path := range documents {
		to := "html:HTML (StarWriter):EmbedImages"
		switch filepath.Ext(path) {
		case ".xlsx", ".ods":
			to = "fods"
		case ".pptx", ".odp":
			to = "fodp"
		}
		_ = to
	}
	out := t.TempDir()
	for _, group := range [][2]string{{".docx .odt .doc .rtf", "fodt"}, {".xlsx .ods", "fods"}, {".pptx .odp", "fodp"}} {
		var some []string
		for _, path := range documents {
			if strings.Contains(group[0], filepath.Ext(path)) {
				some = append(some, path)
			}
		}
		if len(some) > 0 {
			convert(t, group[1], out, some...)
		}
	}
	files, _ := filepath.Glob(filepath.Join(out, "*"))
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	return all
}

// convert lets LibreOffice write documents again in another format.
func convert(t *testing.T, to, dir string, files ...string) {
	t.Helper()
	profile := "-env:UserInstallation=file://" + filepath.Join(os.TempDir(), "fayi-test-libreoffice")
	said(t, "soffice", append([]string{profile, "--headless", "--norestore", "--convert-to", to, "--outdir", dir},
		files...)...)
}

// Package mediatest makes the pictures, documents and zips that tests of media read. Only tests import it.
package mediatest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// DocxOf is the body of a Word document that says text.
func DocxOf(text string) string {
	return `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` +
		text + `</w:t></w:r></w:p></w:body></w:document>`
}

// Item is one file of a zip made for a test. Zero fields mean an honest, stored file.
type Item struct {
	Name     string
	Body     string
	Gbk      bool   // the name is written in GB18030, without the UTF-8 flag
	Flags    uint16 // more flags
	Method   uint16
	Declared uint64 // size in the header; 0: the true one
	Mode     os.FileMode
}

// MakeZip packs the items as they are given, checksums and sizes included.
func MakeZip(t testing.TB, items ...Item) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, it := range items {
		h := &zip.FileHeader{
			Name:   it.Name,
			Method: it.Method,
			Flags:  it.Flags,
			CRC32:  crc32.ChecksumIEEE([]byte(it.Body)),
		}
		if it.Gbk {
			h.Name, _ = simplifiedchinese.GB18030.NewEncoder().String(it.Name)
		} else {
			h.Flags |= 0x800
		}
		if it.Mode != 0 {
			h.SetMode(it.Mode)
		}
		body := []byte(it.Body)
		if it.Method == zip.Deflate {
			body = deflated(body)
		}
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(body)), uint64(len(it.Body))
		if it.Declared != 0 {
			h.UncompressedSize64 = it.Declared
		}
		w, err := z.CreateRaw(h)
		Must(t, err)
		_, err = w.Write(body)
		Must(t, err)
	}
	Must(t, z.Close())
	return out.Bytes()
}

func deflated(body []byte) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression)
	w.Write(body)
	w.Close()
	return out.Bytes()
}

// Must stops the test at an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Put writes files below a new folder and returns it.
func Put(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		Must(t, os.MkdirAll(filepath.Dir(at), 0o755))
		Must(t, os.WriteFile(at, []byte(body), 0o644))
	}
	return dir
}

// CrcOf is the checksum that a zip keeps of b.
func CrcOf(b []byte) uint32 { return crc32.ChecksumIEEE(b) }

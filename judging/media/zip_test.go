package media

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// item is one file of a zip made for a test. Zero fields mean an honest, stored file.
type item struct {
	name     string
	body     string
	gbk      bool   // the name is written in GB18030, without the UTF-8 flag
	flags    uint16 // more flags
	method   uint16
	declared uint64 // size in the header; 0: the true one
	mode     os.FileMode
}

func makeZip(t testing.TB, items ...item) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, it := range items {
		h := &zip.FileHeader{
			Name:   it.name,
			Method: it.method,
			Flags:  it.flags,
			CRC32:  crc32.ChecksumIEEE([]byte(it.body)),
		}
		if it.gbk {
			h.Name, _ = simplifiedchinese.GB18030.NewEncoder().String(it.name)
		} else {
			h.Flags |= 0x800
		}
		if it.mode != 0 {
			h.SetMode(it.mode)
		}
		body := []byte(it.body)
		if it.method == zip.Deflate {
			body = deflated(body)
		}
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(body)), uint64(len(it.body))
		if it.declared != 0 {
			h.UncompressedSize64 = it.declared
		}
		w, err := z.CreateRaw(h)
		must(t, err)
		_, err = w.Write(body)
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

func deflated(body []byte) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression)
	w.Write(body)
	w.Close()
	return out.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put writes files below a new folder and returns it.
func put(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(at), 0o755))
		must(t, os.WriteFile(at, []byte(body), 0o644))
	}
	return dir
}

func contents(t testing.TB, e Entry) string {
	t.Helper()
	r, err := e.Open()
	must(t, err)
	defer r.Close()
	b, err := io.ReadAll(r)
	must(t, err)
	return string(b)
}

func crcOf(b []byte) uint32 { return crc32.ChecksumIEEE(b) }

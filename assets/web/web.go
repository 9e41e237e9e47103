// Package web carries the page of the room as it was built from web/ by scripts/web.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
	"sync"
)

//go:embed room.html
var shell []byte

//go:embed room.js
var script []byte

//go:embed room.css
var style []byte

//go:embed icon.svg
var icon []byte

// asset is one file under the name that a page asks for.
type asset struct {
	data, packed []byte
	mime         string
}

// built is the page with its files under names that change with their content.
type built struct {
	shell   []byte
	version string
	files   map[string]asset
}

var page = sync.OnceValue(func() built {
	b := built{files: map[string]asset{}}
	html := string(shell)
	for _, f := range []struct {
		name, ending, mime string
		data               []byte
	}{
		{"room.js", ".js", "text/javascript; charset=utf-8", script},
		{"room.css", ".css", "text/css; charset=utf-8", style},
		{"icon.svg", ".svg", "image/svg+xml", icon},
	} {
		name := sum(f.data) + f.ending
		b.files[name] = asset{f.data, pack(f.data), f.mime}
		html = strings.ReplaceAll(html, "/a/"+f.name, "/a/"+name)
	}
	b.version = sum([]byte(html))
	b.shell = []byte(strings.ReplaceAll(html, "PAGE_VERSION", b.version))
	return b
})

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:8])
}

func pack(data []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is valid
	_, _ = w.Write(data)                                    // into memory
	_ = w.Close()
	return out.Bytes()
}

// Shell is the page that loads all else.
func Shell() []byte { return page().shell }

// Version changes with every byte of the page and its files.
func Version() string { return page().version }

// Asset returns a file by the name in the shell and its type, nil where there is not one.
func Asset(name string) (data []byte, mime string) {
	a := page().files[name]
	return a.data, a.mime
}

// Packed is Asset compressed by gzip.
func Packed(name string) []byte { return page().files[name].packed }

// Weight is how many bytes a browser loads before it shows the page, compressed.
func Weight() int {
	n := len(pack(Shell()))
	for _, a := range page().files {
		n += len(a.packed)
	}
	return n
}

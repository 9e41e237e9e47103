// Package web carries the pages that were built from web/ by scripts/web: those of the room, the judges' and the big
// screen's, that of who runs a hall, and the one by which a unit packs its works.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"strings"
	"sync"
)

//go:embed *.html *.js *.css *.svg
var built embed.FS

// Page is one page with its files under names that change with their content.
type Page struct {
	Shell   []byte // loads all else
	Version string // changes with every byte of the page and its files
	Weight  int    // bytes that a browser loads before it shows the page, compressed
	files   map[string]*File
}

// File is one file of a page.
type File struct {
	Data, Packed []byte // packed by gzip
	Type         string
}

// Room is the page of judges, Screen that of the big screen, Hall that of who runs a hall.
var (
	Room   = sync.OnceValue(func() *Page { return load("room") })
	Screen = sync.OnceValue(func() *Page { return load("screen") })
	Hall   = sync.OnceValue(func() *Page { return load("hall") })
)

var types = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
}

// load reads a page; its files are embedded, so all are there.
func load(name string) *Page {
	p := &Page{files: map[string]*File{}}
	html := string(read(name + ".html"))
	for _, f := range []string{name + ".js", name + ".css", "icon.svg"} {
		data := read(f)
		ending := f[strings.LastIndex(f, "."):]
		file := &File{data, pack(data), types[ending]}
		p.files[sum(data)+ending] = file
		p.Weight += len(file.Packed)
		html = strings.ReplaceAll(html, `"a/`+f, `"a/`+sum(data)+ending)
	}
	p.Version = sum([]byte(html))
	p.Shell = []byte(strings.ReplaceAll(html, "PAGE_VERSION", p.Version))
	p.Weight += len(pack(p.Shell))
	return p
}

func read(name string) []byte {
	data, err := built.ReadFile(name)
	if err != nil {
		panic("assets/web: " + err.Error())
	}
	return data
}

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

// Find returns the file of a page by the name in its shell, nil where there is not one.
func Find(name string) *File {
	for _, p := range []*Page{Room(), Screen(), Hall()} {
		if f := p.files[name]; f != nil {
			return f
		}
	}
	return nil
}

// Inline is a page of one file, in its parts: the shell holds words in whose places the others go.
type Inline struct{ Shell, Script, Style string }

// Parcel is the page by which a unit packs its works; package parcel puts it together.
func Parcel() Inline {
	name := "parcel"
	return Inline{string(read(name + ".html")), string(read(name + ".js")), string(read(name + ".css"))}
}

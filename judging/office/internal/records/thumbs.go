package records

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
)

// mostThumb bounds a small picture, in bytes: one of 1600 pixels has well below 2 MB.
const mostThumb = 16 << 20

// Thumbs keeps small pictures in the contest's folder, by the sum of the file and their size. The folder may be
// deleted at any time. What can't be drawn is remembered while the contest is open, so that a broken picture is not
// decoded again whenever it is scrolled into sight.
type Thumbs struct {
	Dir    string // "" keeps nothing
	Slots  *semaphore.Weighted
	Flight singleflight.Group
	Failed sync.Map // key -> *judging.Error
}

// file is where a small picture is kept.
func (t *Thumbs) file(key string) string { return filepath.Join(t.Dir, key[:2], key+".jpg") }

// Has reports whether a picture seems to be kept, without reading it.
func (t *Thumbs) Has(key string) bool {
	if t.Dir == "" {
		return false
	}
	info, err := os.Stat(t.file(key))
	return err == nil && info.Size() > 0
}

// Read returns a kept picture, nil where there is none that is whole.
func (t *Thumbs) Read(key string) []byte {
	if t.Dir == "" {
		return nil
	}
	data, err := regular.ReadFile(t.file(key), mostThumb)
	if err != nil || !bytes.HasPrefix(data, []byte{0xFF, 0xD8}) || !bytes.HasSuffix(data, []byte{0xFF, 0xD9}) {
		return nil
	}
	return data
}

// Write keeps a picture, whole or not at all as far as other readers see. It does not wait for the disk: what a
// power cut tears is made again, and so is what could not be written.
func (t *Thumbs) Write(key string, data []byte) {
	dir := filepath.Dir(t.file(key))
	if t.Dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	_ = atomicfile.WriteUnsynced(t.file(key), 0o600, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

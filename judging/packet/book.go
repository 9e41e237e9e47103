package packet

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
)

// maxBook bounds a journal: in bytes, far more than a judge can enter in a year.
const maxBook = 256 << 20

// record is one action of the judge: a ballot saved, files looked at, the pledge accepted, or the list handed in.
type record struct {
	Seq     int             `json:"seq"`  // counts from 1
	Mark    string          `json:"mark"` // random, distinguishes it from every other
	At      time.Time       `json:"at"`
	Ballot  *judging.Ballot `json:"ballot,omitempty"`
	Entered bool            `json:"entered,omitempty"` // the list was handed in
	Look    *looked         `json:"look,omitempty"`
	Pledged string          `json:"pledged,omitempty"` // the wording of the pledge that was accepted
	// The ballot was overtaken before it came: it stands before the one that holds, in the history only.
	Late bool `json:"late,omitempty"`
}

// looked is what the judge has looked at of one work.
type looked struct {
	Code judging.WorkCode `json:"code"`
	judging.Look
}

// book is the journal of a packet: a file that only grows, a sealed record on each line. A line cut off by a crash
// was never acknowledged and is removed. A damaged line before it is skipped and counted; the others stay.
type book struct {
	file *os.File
	size int64
	seq  int // of the last record
	lost int // damaged records
	box  cipher.AEAD
}

// openBook opens or makes the journal at path and returns its records.
func openBook(path string, key []byte) (*book, []record, error) {
	box, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, nil, internal(err)
	}
	if err := regular.Check(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, nil, fault(path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, nil, fault(path, err)
	}
	b := &book{file: f, box: box}
	records, err := b.read()
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	atomicfile.SyncDir(filepath.Dir(path))
	return b, records, nil
}

func (b *book) read() ([]record, error) {
	data, err := io.ReadAll(io.LimitReader(b.file, maxBook+1))
	if err != nil {
		return nil, fault(bookName, err)
	}
	if len(data) > maxBook {
		return nil, tooLarge(nil)
	}
	b.size = int64(bytes.LastIndexByte(data, '\n') + 1)
	if b.size < int64(len(data)) {
		if err := b.file.Truncate(b.size); err != nil {
			return nil, fault(bookName, err)
		}
	}
	var out []record
	for line := range bytes.Lines(data[:b.size]) {
		r, ok := b.open(bytes.TrimSuffix(line, []byte("\n")))
		if !ok || r.Seq <= b.seq {
			b.lost++
			continue
		}
		b.seq = r.Seq
		out = append(out, r)
	}
	return out, nil
}

func (b *book) open(line []byte) (record, bool) {
	var r record
	sealed, err := base64.StdEncoding.AppendDecode(nil, line)
	if err != nil || len(sealed) < chacha20poly1305.NonceSizeX {
		return r, false
	}
	nonce := sealed[:chacha20poly1305.NonceSizeX]
	plain, err := b.box.Open(nil, nonce, sealed[len(nonce):], nil)
	if err != nil {
		return r, false
	}
	return r, json.Unmarshal(plain, &r) == nil
}

// add numbers r, gives it a mark where it has none, and writes it to the disk. On an error the journal is as it was.
func (b *book) add(r record) (record, error) {
	if r.Seq = b.seq + 1; r.Mark == "" {
		r.Mark = NewID()
	}
	plain, err := json.Marshal(r)
	if err != nil {
		return r, judging.Fail(judging.Invalid, "packet.unwritable", nil).Because(err)
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce) // never fails
	line := append(base64.StdEncoding.AppendEncode(nil, b.box.Seal(nonce, nonce, plain, nil)), '\n')
	if _, err = b.file.WriteAt(line, b.size); err == nil {
		err = b.file.Sync()
	}
	if err != nil {
		// If this fails too, the next record overwrites the partial one, and the next opening removes the rest of
		// it.
		return r, fault(bookName, errors.Join(err, b.file.Truncate(b.size)))
	}
	b.seq, b.size = r.Seq, b.size+int64(len(line))
	return r, nil
}

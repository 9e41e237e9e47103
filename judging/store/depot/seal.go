package depot

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"path"

	"fayi/judging"
)

// A sealed file is a head and chunks, each sealed under a key of the file's own with its number and whether it is the
// last. The key comes from the contest's and the file's sum: one file is sealed to the same bytes by every computer,
// and opens under no other name. The numbers can be counted up from 0 because what is sealed under a key never
// differs.
const (
	head      = "fayi\x00\x01"
	chunkSize = 64 << 10 // bytes before sealing
	tagSize   = 16
	nonceSize = 12
)

// keys are those of one contest.
type keys struct {
	names, files []byte
	prefix       string // of all names of the contest
}

// keysOf derives them from the key of the contest's log.
func keysOf(root []byte) (k keys, err error) {
	contest := []byte(nil)
	for use, into := range map[string]*[]byte{
		"fayi depot names 1": &k.names, "fayi depot files 1": &k.files, "fayi depot contest 1": &contest,
	} {
		if *into, err = hkdf.Key(sha256.New, root, nil, use, sha256.Size); err != nil {
			return k, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
		}
	}
	k.prefix = hex.EncodeToString(contest[:16])
	return k, nil
}

// hidden is the name of a file's sum that tells nobody the sum.
func (k keys) hidden(sum string) string {
	h := hmac.New(sha256.New, k.names)
	h.Write([]byte(sum))
	return hex.EncodeToString(h.Sum(nil))
}

func (k keys) object(hidden string) string { return k.prefix + "/" + hidden[:2] + "/" + hidden }

// asked is the name of the object that asks for a file.
func (k keys) asked(hidden string) string { return k.prefix + "/asked/" + hidden }

// needs is the name of the object by which a computer says which files it refers to.
func (k keys) needs(computer string) string {
	return k.prefix + "/needs/" + k.hidden("needs "+computer)
}

// fresh is the name of the object by which a computer says that it is about to refer to a file that is there.
func (k keys) fresh(hidden string) string { return k.prefix + "/fresh/" + hidden }

// sweep is the name of the object that is there while a computer sweeps.
func (k keys) sweep(computer string) string {
	return k.prefix + "/sweep/" + k.hidden("sweep "+computer)
}

// kind is the folder in which an object stands, and its name there; "" for a file.
func (k keys) kind(name string) (kind, base string) {
	if hidden, is := k.isFile(name); is {
		return "", hidden
	}
	return path.Base(path.Dir(name)), path.Base(name)
}

// isFile reports whether an object is a file of the contest, and its hidden name.
func (k keys) isFile(name string) (hidden string, is bool) {
	hidden = path.Base(name)
	return hidden, isSum(hidden) && name == k.object(hidden)
}

// mark is the name of the object by which a place is known to be the contest's.
func (k keys) mark() string { return k.prefix + "/mark/" + k.hidden("mark") }

func (k keys) chunks(sum string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, k.files, nil, "file "+sum, 32)
	if err == nil {
		var block cipher.Block
		if block, err = aes.NewCipher(key); err == nil {
			var a cipher.AEAD
			if a, err = cipher.NewGCM(block); err == nil {
				return a, nil
			}
		}
	}
	return nil, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
}

// sealedSize is how long a file of size bytes is when it is sealed.
func sealedSize(size int64) int64 {
	return int64(len(head)) + size + tagSize*max(1, (size+chunkSize-1)/chunkSize)
}

func nonceOf(n uint64, last bool) []byte {
	out := binary.BigEndian.AppendUint64(make([]byte, 3, nonceSize), n)
	if last {
		return append(out, 1)
	}
	return append(out, 0)
}

// sealing reads a file sealed. It gives its last chunk only for what sum names, so that a file that was damaged on this
// computer is never whole in the engine.
type sealing struct {
	r     io.Reader
	left  int64 // of the file
	aead  cipher.AEAD
	hash  hash.Hash
	sum   string
	n     uint64
	ready []byte // sealed, not read yet
	plain []byte
	err   error
}

func (k keys) seal(r io.Reader, sum string, size int64) (io.Reader, error) {
	aead, err := k.chunks(sum)
	if err != nil {
		return nil, err
	}
	return &sealing{r: r, left: size, aead: aead, hash: sha256.New(), sum: sum, ready: []byte(head),
		plain: make([]byte, chunkSize)}, nil
}

func (s *sealing) Read(p []byte) (int, error) {
	for len(s.ready) == 0 && s.err == nil {
		s.err = s.next()
	}
	if len(s.ready) == 0 {
		return 0, s.err
	}
	n := copy(p, s.ready)
	s.ready = s.ready[n:]
	return n, nil
}

// next seals one more chunk; io.EOF after the last.
func (s *sealing) next() error {
	if s.left < 0 {
		return io.EOF
	}
	part := s.plain[:min(s.left, chunkSize)]
	if _, err := io.ReadFull(s.r, part); err != nil {
		return errDamaged
	}
	s.hash.Write(part)
	last := s.left <= chunkSize
	if s.left -= int64(len(part)); last {
		if s.left = -1; hex.EncodeToString(s.hash.Sum(nil)) != s.sum {
			return errDamaged
		}
	}
	s.ready = s.aead.Seal(nil, nonceOf(s.n, last), part, nil)
	s.n++
	return nil
}

// errDamaged says that this computer's own file is not what its name says, or can't be read.
var errDamaged = errors.New("depot: the file here is not whole")

// open writes what seal sealed for sum to w. Errors: Corrupt for anything else, those of r and w.
func (k keys) open(w io.Writer, r io.Reader, sum string) error {
	aead, err := k.chunks(sum)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(r, chunkSize+tagSize)
	begin := make([]byte, len(head))
	if err := full(in, begin); err != nil {
		return err
	}
	if string(begin) != head {
		return altered(errors.New("no sealed file"))
	}
	sealed, plain := make([]byte, chunkSize+tagSize), make([]byte, 0, chunkSize)
	for n := uint64(0); ; n++ {
		size, err := io.ReadFull(in, sealed)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			return err
		}
		last := err != nil
		if !last {
			switch _, err := in.Peek(1); {
			case errors.Is(err, io.EOF):
				last = true
			case err != nil:
				return err
			}
		}
		if plain, err = aead.Open(plain[:0], nonceOf(n, last), sealed[:size], nil); err != nil {
			return altered(err)
		}
		if _, err := w.Write(plain); err != nil || last {
			return err
		}
	}
}

// full fills p; what ends before is Corrupt.
func full(r io.Reader, p []byte) error {
	_, err := io.ReadFull(r, p)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return altered(err)
	}
	return err
}

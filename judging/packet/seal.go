package packet

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"

	"filippo.io/age"

	"fayi/judging"
)

// workFactor makes one try of a passphrase cost 32 MiB and some 0.1 s: negligible for those who know it, ages for
// those who must guess 66 bits. age's own 2^18 would need more than twice the memory that sealing may take. Tests
// make it cheap.
var workFactor = 15

// maxFactor bounds what a packet may cost to open: 256 MiB.
const maxFactor = 18

// chunk is the size of the pieces of a file, in bytes.
const chunk = 256 << 10

// Sealed is what the contest records about a packet.
type Sealed struct {
	Packet string            `json:"packet"`
	Key    ed25519.PublicKey `json:"key"`   // checks the signature of its replies
	Files  int               `json:"files"` // media
	Bytes  int64             `json:"bytes"` // of the media
	Shut   int               `json:"shut"`  // media that the judge can't open, not being fit to be seen
}

// Seal writes a packet called id. Media are streamed: no more than one piece is in memory. progress, if not nil, is
// called with the number of files done. Errors: Invalid for a passphrase too short or contents too large, and what
// c.Open and w return.
func Seal(
	ctx context.Context,
	w io.Writer,
	c Contents,
	passphrase string,
	progress func(done, total int),
) (Sealed, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return Sealed{}, err
	}
	l := list{Contents: c, Packet: NewID(), Sign: make([]byte, ed25519.SeedSize), Keep: make([]byte, 32)}
	rand.Read(l.Sign) // never fail
	rand.Read(l.Keep)
	media, err := age.GenerateX25519Identity()
	if err != nil {
		return Sealed{}, internal(err)
	}
	l.Media = media.String()
	head, err := sealList(l, passphrase)
	if err != nil {
		return Sealed{}, err
	}
	if _, err := w.Write(head); err != nil {
		return Sealed{}, err
	}
	out := Sealed{Packet: l.Packet, Key: ed25519.NewKeyFromSeed(l.Sign).Public().(ed25519.PublicKey)}
	to, err := age.Encrypt(w, media.Recipient())
	if err != nil {
		return out, err
	}
	if err := out.sealMedia(ctx, to, c, progress); err != nil {
		return out, err
	}
	return out, to.Close()
}

// sealList returns the head of a packet: the line of plain text and the sealed list.
func sealList(l list, passphrase string) ([]byte, error) {
	text, err := json.Marshal(l)
	if err != nil || len(text) > usual.list {
		return nil, tooLarge(err)
	}
	to, err := age.NewScryptRecipient(plainPhrase(passphrase))
	if err != nil {
		return nil, internal(err)
	}
	to.SetWorkFactor(workFactor)
	h := Header{Contest: l.Contest, Packet: l.Packet}
	switch {
	case l.Duties.Optional():
		h.format = loose
	case l.Duties.Swears():
		h.format = sworn
	case l.Duties.Voting != nil:
		h.format = votes
	case l.Duties.Asks():
		h.format = asks
	}
	return sealPart(text, h, to)
}

// sealPart seals plain to a recipient and puts its header before it.
func sealPart(plain []byte, h Header, to age.Recipient) ([]byte, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, internal(err)
	}
	sum := sha256.Sum256(sealed.Bytes())
	h.bytes, h.sum = int64(sealed.Len()), hex.EncodeToString(sum[:])
	return append([]byte(h.String()), sealed.Bytes()...), nil
}

func (s *Sealed) sealMedia(ctx context.Context, w io.Writer, c Contents, progress func(done, total int)) error {
	total := 0
	for _, work := range c.Duties.Works {
		total += len(work.Files)
	}
	if total > usual.files {
		return tooLarge(nil)
	}
	buf := make([]byte, 4+chunk)
	for _, work := range c.Duties.Works {
		for n := range work.Files {
			if err := s.sealFile(ctx, w, buf, func() (io.ReadCloser, error) {
				return c.Open(ctx, work.Code, n)
			}); err != nil {
				return err
			}
			if s.Files++; progress != nil {
				progress(s.Files, total)
			}
		}
	}
	return nil
}

// sealFile writes one file as pieces, each with its length before it; a piece of length 0 ends it. One
// that the judge may not see is empty.
func (s *Sealed) sealFile(ctx context.Context, w io.Writer, buf []byte, open func() (io.ReadCloser, error)) error {
	r, err := open()
	if judging.CodeOf(err) == judging.Closed {
		s.Shut++
		_, err = w.Write(make([]byte, 4))
		return err
	}
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := io.ReadFull(r, buf[4:])
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return fault("", err)
		}
		binary.BigEndian.PutUint32(buf, uint32(n))
		if _, err := w.Write(buf[:4+n]); err != nil {
			return err
		}
		if s.Bytes += int64(n); n == 0 {
			return nil
		}
	}
}

func tooLarge(err error) error {
	return judging.Fail(judging.Invalid, "packet.too_large", nil).Because(err)
}

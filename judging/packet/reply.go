package packet

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"time"

	"filippo.io/age"

	"fayi/judging"
	"fayi/judging/terms"
)

// Reply is everything a judge entered in a packet.
type Reply struct {
	Packet  string            `json:"packet"`
	Contest judging.ContestID `json:"contest"`
	Judge   judging.JudgeID   `json:"judge"`
	Round   judging.Round     `json:"round"`
	Plan    string            `json:"plan"` // version
	// of the last record: of two replies from one packet the higher one is the later
	Seq       int          `json:"seq"`
	Made      time.Time    `json:"made"`           // by the judge's clock; nothing depends on it
	Mark      string       `json:"mark,omitempty"` // that of the packet
	Submitted bool         `json:"submitted"`
	Lost      int          `json:"lost,omitempty"`   // records that the judge's machine could no longer read
	Works     []ReplyWork  `json:"works"`            // in the order of the list, those with an entry
	Pledge    *terms.Asked `json:"pledge,omitempty"` // that was accepted in the packet, without its text
	// which files of the works were looked at, and which works were scored all the same; replies of older programs
	// have none
	Looks map[judging.WorkCode]judging.Look `json:"looks,omitempty"`
}

// ReplyWork is what was entered for one work.
type ReplyWork struct {
	Code     judging.WorkCode       `json:"code"`
	Before   int                    `json:"before"`   // versions that existed when the packet was sealed
	Versions []judging.ScoreVersion `json:"versions"` // entered in the packet, oldest first
	// Base is that of the score when the packet was sealed; "" in replies of older programs
	Base string `json:"base,omitempty"`
}

// signed is what the signature covers in addition to the reply, so that it is valid nowhere else.
const signed = "fayi reply 1\n"

// Reply writes the reply: small, signed by the packet's key, sealed to the contest. It may be written any number of
// times, before handing in too.
func (p *Packet) Reply(w io.Writer) error {
	p.mu.Lock()
	reply := p.reply()
	p.mu.Unlock()
	plain, err := json.Marshal(reply)
	if err != nil || len(plain) > usual.list {
		return tooLarge(err)
	}
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	if _, err := z.Write(plain); err != nil {
		return fault("", err)
	}
	if err := z.Close(); err != nil {
		return fault("", err)
	}
	to, err := age.ParseX25519Recipient(p.list.ReplyTo)
	if err != nil {
		return damaged(err)
	}
	sig := ed25519.Sign(ed25519.NewKeyFromSeed(p.list.Sign), append([]byte(signed), small.Bytes()...))
	sealed, err := sealPart(append(sig, small.Bytes()...), Header{
		Reply:   true,
		Contest: reply.Contest,
		Packet:  reply.Packet,
	}, to)
	if err != nil {
		return err
	}
	_, err = w.Write(sealed)
	return fault("", err)
}

// WriteReply writes the reply into a file, whole or not at all. Errors: Unavailable.
func (p *Packet) WriteReply(path string) error {
	var out bytes.Buffer
	if err := p.Reply(&out); err != nil {
		return err
	}
	return writeWhole(path, out.Bytes())
}

func (p *Packet) reply() Reply {
	d := p.list.Duties
	out := Reply{
		Packet:    p.list.Packet,
		Contest:   p.list.Contest,
		Judge:     d.Judge,
		Round:     d.Round,
		Plan:      d.Plan,
		Seq:       p.book.seq,
		Made:      p.now().UTC(),
		Submitted: p.submitted,
		Mark:      p.list.Mark,
		Lost:      p.book.lost,
		Works:     []ReplyWork{},
		Looks:     maps.Clone(p.looks),
	}
	if !p.pledged.IsZero() {
		out.Pledge = &terms.Asked{Sum: d.Pledge.Sum, At: p.pledged}
	}
	for _, w := range d.Works {
		if said := p.said[w.Code]; len(said) > 0 {
			before := p.list.History[w.Code]
			out.Works = append(out.Works, ReplyWork{w.Code, len(before), said, judging.Score{Versions: before}.Base()})
		}
	}
	return out
}

// ReadReply opens the reply at path with the contest's identity and checks that it was signed by key. Errors:
// Invalid for a file that is no reply, or of a format that this program doesn't know; Forbidden when it was sealed
// for another contest or signed by another key; Corrupt for one changed or cut.
func ReadReply(path, identity string, key ed25519.PublicKey) (Reply, error) {
	f, err := openRegular(path)
	if err != nil {
		return Reply{}, err
	}
	defer f.Close()
	return ReadReplyFrom(f, identity, key)
}

// ReadReplyFrom is ReadReply for a reply that is open already.
func ReadReplyFrom(f io.Reader, identity string, key ed25519.PublicKey) (Reply, error) {
	var out Reply
	r := bufio.NewReader(f)
	h, err := readHeader(r)
	if err != nil {
		return out, err
	}
	if !h.Reply {
		return out, judging.Fail(judging.Invalid, "packet.no_reply", nil)
	}
	sealed, err := readPart(r, h)
	if err != nil {
		return out, err
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return out, damaged(errors.New("more than announced"))
	}
	plain, err := openReply(sealed, identity, key)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(plain, &out); err != nil {
		return out, damaged(err)
	}
	return out, out.check(h)
}

// openReply unseals, checks the signature and only then unpacks.
func openReply(sealed []byte, identity string, key ed25519.PublicKey) ([]byte, error) {
	id, err := age.ParseX25519Identity(identity)
	if err != nil {
		return nil, internal(err)
	}
	inner, err := openPart(sealed, id)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, judging.Fail(judging.Forbidden, "packet.foreign", nil)
	}
	if err != nil {
		return nil, err
	}
	if len(inner) < ed25519.SignatureSize {
		return nil, damaged(errors.New("signature"))
	}
	sig, small := inner[:ed25519.SignatureSize], inner[ed25519.SignatureSize:]
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, append([]byte(signed), small...), sig) {
		return nil, judging.Fail(judging.Forbidden, "packet.bad_signature", nil)
	}
	z, err := gzip.NewReader(bytes.NewReader(small))
	if err != nil {
		return nil, damaged(err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, int64(usual.list)+1))
	switch {
	case err != nil:
		return nil, damaged(err)
	case len(plain) > usual.list:
		return nil, tooLarge(nil)
	}
	return plain, nil
}

// check refuses a reply that this program would never have written.
func (r Reply) check(h Header) error {
	if r.Packet != h.Packet || r.Contest != h.Contest || r.Judge == "" {
		return damaged(errors.New("identity"))
	}
	works, marks := map[judging.WorkCode]bool{}, map[string]bool{}
	for _, w := range r.Works {
		if works[w.Code] || len(w.Versions) == 0 || w.Before < 0 {
			return damaged(errors.New("works"))
		}
		works[w.Code] = true
		for _, v := range w.Versions {
			if v.Mark == "" || marks[v.Mark] || v.Code != w.Code || v.Source != judging.Packet ||
				v.By != string(r.Judge) {
				return damaged(errors.New("versions"))
			}
			marks[v.Mark] = true
		}
	}
	return nil
}
